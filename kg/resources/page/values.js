// Days, times and figures as readers of each language write them: "2025-Q2" is 2025년 2분기 and Q2 2025.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const clockName = (clock) => (clock && !clock.startsWith("00:00") ? " " + clock.slice(0, 5) : "");
function dayName(iso) {
  if (!iso) return word("undated");
  const [day, clock] = iso.split("T");
  const [year, month, date] = day.split("-");
  if (inKorean()) return (date ? day.replaceAll("-", ".") + "." : month ? `${year}년 ${Number(month)}월` : year + "년") + clockName(clock);
  return [date && Number(date), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ") + clockName(clock);
}

// A part of a year, a year, a decade or a century; null for anything else.
function calendarName(value) {
  const [, year, part] = /^(\d{4})-([QH]\d)$/.exec(value) || [];
  if (year && !inKorean()) return `${part} ${year}`;
  if (year) return `${year}년 ${part[0] === "Q" ? part[1] + "분기" : part[1] === "1" ? "상반기" : "하반기"}`;
  if (/^\d{4}(-\d\d){0,2}(T\d\d.*)?$/.test(value)) return dayName(value);
  if (/^T\d\d:\d\d/.test(value)) return value.slice(1, 6);
  const [, tens] = /^(\d{4})s$/.exec(value) || [];
  return tens ? (inKorean() ? tens + "년대" : tens + "s") : null;
}
const LENGTHS = { Y: ["년", "year"], M: ["개월", "month"], W: ["주", "week"], D: ["일", "day"], TH: ["시간", "hour"], TM: ["분", "minute"], TS: ["초", "second"] };
function durationName(value) {
  const [, days, hours] = /^P((?:[\d.]+[YMWD])*)(?:T((?:[\d.]+[HMS])+))?$/.exec(value) || [];
  if (days === undefined) return null;
  const parts = [...days.matchAll(/([\d.]+)([YMWD])/g)].map((each) => [each[1], each[2]]).concat([...(hours || "").matchAll(/([\d.]+)([HMS])/g)].map((each) => [each[1], "T" + each[2]]));
  return parts.map(([count, unit]) => (inKorean() ? count + LENGTHS[unit][0] : `${count} ${LENGTHS[unit][1]}${count === "1" ? "" : "s"}`)).join(" ") || null;
}
// A time by its value; where that says nothing to a reader, by the words of the article or its first day.
function timeName(value, otherwise) {
  const [first, last] = (value || "").split("/");
  if (first === "R") return inKorean() ? otherwise : "every " + (durationName(last) || "").replace(/^1 /, "");
  if (last === undefined) return calendarName(first) || durationName(first) || otherwise;
  const from = calendarName(first), to = calendarName(last);
  if (inKorean()) return from && to ? `${from} – ${to}` : from ? from + "부터" : to ? to + "까지" : otherwise;
  return from && to ? `${from} – ${to}` : from ? "since " + from : to ? "until " + to : otherwise;
}

const SCALES = [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
const COUNTERS = { "명": "people", "곳": "places", "건": "cases", "회": "times", "차례": "times", "표": "votes", "석": "seats", "개국": "countries", "배": "times", "세": "years old", "%p": "percentage points", "점": "points", "마리": "animals", "척": "ships", "대": "units", "경기": "games" };
const HEDGES = { about: "about ", over: "over ", under: "under ", "at-least": "at least ", "at-most": "up to " };
function figureName(text, unit) {
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  const [scale, name] = SCALES.find((each) => Math.abs(number) >= each[0]) || [1, ""];
  if (unit === "score") return text;
  return (scale > 1 ? Number((number / scale).toPrecision(5)) : number).toLocaleString("en-US", { maximumFractionDigits: 6 }) + name;
}
// A figure in English: 2400000000000 KRW is "KRW 2.4 trillion"; a counter that has no English word keeps the article's words.
function amountName(value) {
  const unit = value.u || "", number = value.v !== undefined ? figureName(value.v, unit) : [value.min, value.max].filter((each) => each !== undefined).map((each) => figureName(each, unit)).join("–");
  if (!number) return null;
  const hedge = HEDGES[value.ap] || "";
  if (/^[A-Z]{3}$/.test(unit)) return `${hedge}${unit} ${number}`;
  if (unit === "%") return hedge + number + "%";
  if (unit === "위") return hedge + "No. " + number;
  if (["", "1", "개", "score"].includes(unit)) return hedge + number;
  if (COUNTERS[unit]) return `${hedge}${number} ${COUNTERS[unit]}`;
  return /[\uac00-\ud7a3]/.test(unit) ? null : `${hedge}${number} ${unit.replace(/[[\]]/g, "")}`;
}

const isTyped = (value) => value && (value.g !== undefined || value.u !== undefined);
// Korean readers get the article's words, which they can read; others what the words amount to.
function valueText(value) {
  if (!value) return "";
  if (value.e !== undefined) return nameOf(value.e);
  const words = clip(value.t || value.v || "", 300);
  if (inKorean() || !isTyped(value)) return words;
  return (value.u !== undefined ? amountName(value) : timeName(value.tv, null)) || words;
}
// What stands behind the words, for whoever points at them.
function valueTitle(value) {
  if (!value || value.e !== undefined) return null;
  const held = value.u !== undefined ? [value.ap, value.v ?? [value.min, value.max].filter(Boolean).join("–"), value.u].filter(Boolean).join(" ")
    : value.g !== undefined ? [value.tv, value.ts && value.te && `${value.ts} – ${value.te}`].filter(Boolean).join(" · ") : "";
  return [inKorean() ? null : clip(value.t || "", 120), held].filter(Boolean).join(" · ") || null;
}
const factTime = (fact) => (fact.t ? timeName(fact.t[2], dayName(fact.t[0])) : "");
