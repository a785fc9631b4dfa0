"use strict";

(() => {
  const SHOWN = 1000;
  const find = (id) => document.getElementById(id);
  const box = find("query"), state = find("state"), answer = find("answer");
  const names = Object.entries(readPrefixes(box.dataset.prefixes));
  let running = null, last = null;

  function readPrefixes(text) {
    return Object.fromEntries([...text.matchAll(/PREFIX (\w+): <([^>]+)>/g)].map(([, prefix, iri]) => [prefix, iri]));
  }

  function say(text, bad = false) {
    state.textContent = text;
    state.classList.toggle("bad", bad);
  }

  function offer(result) {
    last = result;
    find("csv").disabled = !(result && result.rows);
    find("json").disabled = !(result && result.json);
  }

  // A new question ends the one that still runs; the server ends its work when the connection goes.
  async function ask(address, options) {
    if (running) running.abort();
    const mine = running = new AbortController();
    offer(null);
    answer.replaceChildren();
    find("stop").disabled = false;
    say("묻는 중… (asking)");
    try {
      const response = await fetch(address, { ...options, signal: mine.signal });
      const text = await response.text();
      if (mine !== running) return;
      if (!response.ok) say(text.trim(), true);
      else show(text, response.headers.get("Content-Type") || "");
    } catch (error) {
      if (mine !== running) return;
      if (error.name === "AbortError") say("멈췄습니다. (stopped)");
      else say("서버가 답하지 않습니다. (the server does not answer)", true);
    } finally {
      if (mine === running) {
        running = null;
        find("stop").disabled = true;
      }
    }
  }

  function show(text, type) {
    if (!type.includes("json")) {
      const page = document.createElement("pre");
      page.textContent = text;
      answer.append(page);
      say("");
      return;
    }
    const json = JSON.parse(text);
    if ("boolean" in json) {
      offer({ json: text });
      say(json.boolean ? "예 (yes)" : "아니요 (no)");
      return;
    }
    const { vars } = json.head, rows = json.results.bindings;
    offer({ json: text, vars, rows });
    answer.append(table(vars, rows.slice(0, SHOWN)));
    say(`${rows.length.toLocaleString()}줄 (rows)` + (rows.length > SHOWN ? `, 앞의 ${SHOWN}줄만 보입니다 (first ${SHOWN} shown)` : ""));
  }

  function table(vars, rows) {
    const made = document.createElement("table");
    const head = made.createTHead().insertRow();
    for (const name of vars) {
      const cell = document.createElement("th");
      cell.textContent = name;
      head.append(cell);
    }
    const body = made.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      for (const name of vars) {
        const cell = line.insertCell(), term = row[name];
        if (!term) continue;
        cell.textContent = shown(term);
        if (term.type === "uri") cell.title = term.value;
      }
    }
    return made;
  }

  function shown(term) {
    if (term.type !== "uri") return typeof term.value === "string" ? term.value : JSON.stringify(term.value);
    const known = names.find(([, iri]) => term.value.startsWith(iri));
    return known ? `${known[0]}:${term.value.slice(known[1].length)}` : term.value;
  }

  function csv({ vars, rows }) {
    // A spreadsheet would run a cell that starts like a formula; numbers may keep their sign.
    const cell = (term) => {
      if (!term) return "";
      const text = typeof term.value === "string" ? term.value : JSON.stringify(term.value);
      const safe = term.type === "literal" && !term.datatype && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    return [vars.join(","), ...rows.map((row) => vars.map((name) => cell(row[name])).join(","))].join("\r\n") + "\r\n";
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  find("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const accept = "application/sparql-results+json, text/turtle;q=0.9";
    ask("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: box.value });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      find("ask").requestSubmit();
    }
  });
  find("stop").addEventListener("click", () => running && running.abort());
  find("prefixes").addEventListener("click", () => {
    const there = readPrefixes(box.value);
    const missing = box.dataset.prefixes.split("\n").filter((line) => line && !(line.split(/[ :]/)[1] in there));
    if (missing.length) box.value = `${missing.join("\n")}\n${box.value}`;
    box.focus();
  });
  // Excel takes a file without the mark for one in the local code page.
  find("csv").addEventListener("click", () => save("answer.csv", "text/csv", `\ufeff${csv(last)}`));
  find("json").addEventListener("click", () => save("answer.json", "application/json", last.json));
  for (const form of document.querySelectorAll(".question form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = [...new FormData(form)].filter(([, value]) => value);
      ask(`${form.getAttribute("action")}?${new URLSearchParams([...given, ["format", "json"]])}`);
      state.scrollIntoView({ block: "nearest" });
    });
    form.querySelector(".take").addEventListener("click", () => {
      box.value = form.dataset.sparql;
      box.focus();
      box.scrollIntoView({ block: "nearest" });
    });
  }
})();
