package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Materialize replaced in place: what that did not set off, and why the rest was built as usual. */
final class InPlaceSection {
    private static final int SHOWN = 200;
    private final ReportView view;
    private final HtmlWriter html;
    private final InPlace inPlace;

    InPlaceSection(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.inPlace = view.report.inPlace();
    }

    void write() {
        if (inPlace == null) {
            return;
        }
        view.openSection("inplace");
        nodes("inplace.replaced", "dbt-slim-note", inPlace.replaced());
        nodes("inplace.dropped", "dbt-slim-caution", inPlace.dropped());
        spared();
        refused();
        view.closeSection();
    }

    private void nodes(String key, String style, Collection<String> ids) {
        if (!ids.isEmpty()) {
            html.open("div", "class", style)
                    .element("strong", ReportMessages.get(key, ids.size()))
                    .text(" ");
            ids.stream().limit(SHOWN).forEach(id -> {
                link(id);
                html.text(" ");
            });
            html.close().line();
            view.rest(ids.size(), SHOWN);
        }
    }

    private void link(String id) {
        html.open("a", "href", view.link(-1, id))
                .element("bdi", ReportNode.nameOf(id))
                .close();
    }

    private void spared() {
        if (inPlace.spared().isEmpty()) {
            return;
        }
        html.open("details", "class", "dbt-slim-more").element("summary", SummaryText.spared(inPlace));
        String label = ReportMessages.get("inplace.title");
        view.openPlainTable(label, "node", "#last-time");
        html.open("tbody");
        new TreeSet<>(inPlace.spared().keySet()).stream().limit(SHOWN).forEach(id -> {
            double seconds = inPlace.spared().get(id);
            html.open("tr").open("th", "scope", "row");
            link(id);
            html.close()
                    .element("td", seconds < 0 ? "" : ReportMessages.duration(seconds), "class", "dbt-slim-number")
                    .close();
        });
        view.closeTable();
        view.rest(inPlace.spared().size(), SHOWN);
        html.close("details");
    }

    private void refused() {
        if (inPlace.refused().isEmpty()) {
            return;
        }
        String label = ReportMessages.get("inplace.refused", inPlace.refused().size());
        html.element("h3", label);
        view.openPlainTable(label, "node", "why");
        html.open("tbody");
        new TreeMap<>(inPlace.refused()).entrySet().stream().limit(SHOWN).forEach(each -> {
            html.open("tr").open("th", "scope", "row");
            link(each.getKey());
            html.close().element("td", each.getValue()).close();
        });
        view.closeTable();
        view.rest(inPlace.refused().size(), SHOWN);
    }
}
