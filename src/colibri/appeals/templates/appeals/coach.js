const writing = document.getElementById("writing");
const coach = document.getElementById("coach");
let asked = 0;
let pause;
writing.elements.text.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(async () => {
    const mine = ++asked;
    const words = new FormData(writing);
    words.set("do", "look");
    const answer = await fetch(location.pathname, { method: "POST", body: words }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    coach.replaceChildren(...page.getElementById("coach").childNodes);
  }, 900);
});
