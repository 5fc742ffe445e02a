"use strict";
(async () => {
  const root = document.documentElement;
  const failed = (message) => { root.dataset.error = message; };
  window.addEventListener("error", (event) => failed(event.message));
  window.addEventListener("unhandledrejection", (event) => failed(String(event.reason)));
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const made = document.createElement("template");
    made.innerHTML = await new Response(stream).text();
    packed.replaceWith(made.content);
  };
  await Promise.all(all("script.packed").map(unpack));

  const form = document.querySelector(".filter");
  const claims = all(".claim");
  const words = new Map(claims.map((claim) => [claim, null]));

  const text = (claim) => {
    if (words.get(claim) === null) words.set(claim, `${claim.id} ${claim.textContent}`.toLowerCase());
    return words.get(claim);
  };
  const inSection = (claim, section) =>
    !section || claim.dataset.s === section || (!section.includes("/") && claim.dataset.s.startsWith(`${section}/`));

  const filter = () => {
    const wanted = form.elements.q.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const verdict = form.elements.verdict.value, section = form.elements.section.value;
    let shown = 0;
    for (const claim of claims) {
      const fits = (!verdict || claim.dataset.v === verdict) && inSection(claim, section)
        && wanted.every((word) => text(claim).includes(word));
      claim.hidden = !fits;
      shown += fits;
    }
    for (const title of all("h3.origin")) {
      const origin = title.id.slice("origin-".length);
      title.hidden = !claims.some((claim) => !claim.hidden && claim.dataset.s.startsWith(`${origin}/`));
    }
    form.querySelector("output").textContent =
      shown === claims.length ? `${shown} claims` : `${shown} of ${claims.length} claims`;
    document.querySelector(".empty").hidden = shown > 0 || claims.length === 0;
    root.dataset.shown = shown;
  };

  const set = (values) => {
    for (const name of ["q", "verdict", "section"]) form.elements[name].value = values[name] ?? "";
    filter();
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-clear]").addEventListener("click", () => set({}));
  for (const link of all("[data-verdict]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      set({ verdict: link.dataset.verdict });
      document.getElementById("claims").scrollIntoView();
    });
  }

  for (const fold of all("details.assumed")) {
    fold.addEventListener("toggle", () => {
      const line = fold.querySelector("p[data-symbols]");
      if (!fold.open || !line) return;
      const list = document.createElement("dl");
      list.className = "legend";
      for (const name of line.dataset.symbols.split(" ")) {
        const copy = document.getElementById(`symbol-${name}`).cloneNode(true);
        copy.removeAttribute("id");
        list.append(copy);
      }
      line.replaceWith(list);
    });
  }

  for (const fold of all("details.derived")) {
    fold.addEventListener("toggle", () => {
      const line = fold.querySelector("p");
      if (!fold.open || !line) return;
      const last = document.getElementById(line.querySelector("a").hash.slice(1));
      const list = document.createElement("ol");
      for (const step of last.parentElement.children) {
        const link = document.createElement("a");
        link.href = `#${step.id}`;
        link.textContent = step.querySelector("b").textContent.replace(/\.$/, "");
        if (step === last) link.className = "here";
        list.appendChild(document.createElement("li")).append(link);
        if (step === last) break;
      }
      line.replaceWith(list);
    });
  }

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    return made;
  };
  for (const code of all(".run code")) {
    if (!navigator.clipboard) break;
    code.after(button("copy", async (made) => {
      await navigator.clipboard.writeText(code.textContent);
      made.textContent = "copied";
    }));
  }
  for (const data of all(".csv")) {
    data.before(button(`save ${data.dataset.name}`, () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([data.textContent], { type: "text/csv" }));
      link.download = data.dataset.name;
      link.click();
    }));
  }

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) set({});
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);

  const walk = (step) => {
    const shown = claims.filter((claim) => !claim.hidden);
    const now = shown.findIndex((claim) => claim.classList.contains("now"));
    const next = shown[now < 0 ? 0 : Math.min(Math.max(now + step, 0), shown.length - 1)];
    shown[now]?.classList.remove("now");
    next?.classList.add("now");
    next?.scrollIntoView();
    next?.querySelector("a.id").focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "/") { event.preventDefault(); form.elements.q.focus(); }
    if (event.key === "j") walk(1);
    if (event.key === "k") walk(-1);
  });

  const asked = new URLSearchParams(location.search);
  set(Object.fromEntries(["q", "verdict", "section"].map((name) => [name, asked.get(name)])));
  if (location.hash) reveal();
  root.dataset.ready = "yes";
})();
