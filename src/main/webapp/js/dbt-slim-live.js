// Keeps the progress of a running build up to date. Without it the page shows how far the build was when it was loaded.
(() => {
  "use strict";

  const PAUSE = 2500;
  const MOST_FAILURES = 5;

  function follow(area) {
    let failures = 0;

    async function look() {
      if (document.hidden) {
        return true;
      }
      const answer = await fetch(area.dataset.progress, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      const content = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const over = content.querySelector("[data-over]") !== null;
      if (over && area.dataset.reload) {
        location.reload();
        return false;
      }
      area.replaceChildren(...content.childNodes);
      return !over;
    }

    async function again() {
      let more;
      try {
        more = await look();
        failures = 0;
      } catch {
        failures += 1;
        more = failures < MOST_FAILURES;
      }
      if (more) {
        setTimeout(again, PAUSE * (failures + 1));
      }
    }
    setTimeout(again, PAUSE);
  }

  function start() {
    document.querySelectorAll(".dbt-slim-live[data-progress]").forEach((area) => {
      if (!area.dataset.followed) {
        area.dataset.followed = "yes";
        follow(area);
      }
    });
    document.querySelectorAll(".dbt-slim-live-reload").forEach((link) => {
      link.hidden = true;
    });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
