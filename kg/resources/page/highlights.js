// Which words of a sentence name the subject, the object and the rest of a fact. Offsets are code points, not UTF-16 units.
function sentenceMarks(sentence, fact) {
  const roles = new Map();
  const claim = (e, role) => {
    if (e === undefined || e === null) return;
    if (!roles.has(e)) roles.set(e, role);
    for (const member of entities[e].m || []) if (!roles.has(member)) roles.set(member, role);
  };
  claim(fact.s, "subject");
  if (fact.o) claim(fact.o.e, "object");
  for (const [, value] of fact.q || []) if (value) claim(value.e, "qualifier");
  const marks = sentence.m.filter((mark) => roles.has(mark[2])).map(([start, end, e]) => ({ start, end, e, role: roles.get(e) }));
  const letters = Array.from(sentence.t);
  const addWords = (words, role, e) => {
    for (const each of words) {
      const found = findWords(sentence.t, each);
      if (found) { marks.push({ ...found, e, role }); return; }
    }
  };
  for (const [e, role] of roles) {
    if (!marks.some((mark) => mark.e === e) && !(marks.some((mark) => mark.role === role) && role !== "qualifier")) addWords([entities[e].n, ...(entities[e].a || [])], role, e);
  }
  if (fact.o && fact.o.e === undefined) addWords([fact.o.t], "object");
  for (const [, value] of fact.q || []) if (value && value.e === undefined) addWords([value.t], "qualifier");
  return { letters, marks: withoutOverlaps(marks, letters) };
}

function findWords(text, words) {
  if (!words || words.length < 2) return null;
  const at = text.indexOf(words);
  if (at < 0) return null;
  const start = Array.from(text.slice(0, at)).length;
  return { start, end: start + Array.from(words).length };
}

const RANK = { subject: 3, object: 2, qualifier: 1, told: 1, other: 0 };
// Marks one over another, as paint: mere mentions first, then the longest, so that "KT" shows within "김영섭 KT 대표"; what is left of each is cut apart.
function withoutOverlaps(marks, letters) {
  const top = new Map();
  const paint = [...marks].sort((a, b) => Number(b.role === "other") - Number(a.role === "other") || (b.end - b.start) - (a.end - a.start) || RANK[a.role] - RANK[b.role] || b.start - a.start);
  for (const mark of paint) for (let at = mark.start; at < mark.end; at++) top.set(at, mark);
  const kept = [];
  for (const at of [...top.keys()].sort((a, b) => a - b)) {
    const last = kept[kept.length - 1];
    if (last && last.mark === top.get(at) && last.end === at) last.end = at + 1;
    else kept.push({ start: at, end: at + 1, mark: top.get(at) });
  }
  // Of a mark that was cut, commas and brackets alone are no name.
  const isBare = (each) => (each.start > each.mark.start || each.end < each.mark.end ? /^[^\p{L}\p{N}]$/u : /^\s$/);
  for (const each of kept) {
    const bare = isBare(each);
    while (each.start < each.end && bare.test(letters[each.start])) each.start++;
    while (each.start < each.end && bare.test(letters[each.end - 1])) each.end--;
  }
  return kept.filter((each) => each.start < each.end).map(({ start, end, mark }) => ({ ...mark, start, end }));
}

function markedSentence({ letters, marks }, onmark) {
  const out = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.start > at) out.push(letters.slice(at, mark.start).join(""));
    const known = mark.e !== undefined && mark.e !== null;
    out.push(el("mark", { class: mark.role, title: known ? nameOf(mark.e) : null, onclick: known && onmark ? (event) => { event.stopPropagation(); onmark(mark.e); } : null }, letters.slice(mark.start, mark.end).join("")));
    at = mark.end;
  }
  if (at < letters.length) out.push(letters.slice(at).join(""));
  return out;
}
