package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;

/** What was saved, and where all this is from: two short sections of facts. */
final class FactsSections {
    private static final int NAMES = 300;
    private static final int READS = 20;
    private static final int COMMIT = 12;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

    private final ReportView view;
    private final HtmlWriter html;

    FactsSections(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void saved() {
        SavedTime saved = view.report.saved();
        view.openSection("saved");
        html.open("p")
                .element("strong", ReportMessages.get("saved.nodes", saved.nodes()))
                .text(" ");
        html.text(
                saved.hasSeconds()
                        ? ReportMessages.get("saved.seconds", ReportMessages.duration(saved.seconds()), saved.timed())
                        : ReportMessages.get("saved.unknown"));
        if (saved.tests() > 0) {
            html.text(" " + ReportMessages.get("saved.tests", saved.tests()));
        }
        html.close();
        List<String> ids = view.notRebuilt();
        if (!ids.isEmpty()) {
            html.open("details", "class", "dbt-slim-more")
                    .element("summary", ReportMessages.get("saved.list", ids.size()));
            html.open("p", "class", "dbt-slim-ids");
            for (String id : ids.subList(0, Math.min(ids.size(), NAMES))) {
                html.element("code", id).text(" ");
            }
            html.close();
            view.rest(ids.size(), NAMES);
            html.close("details");
        }
        view.closeSection();
    }

    void provenance() {
        view.openSection("provenance");
        mismatch("provenance.versions", Metadata::dbtVersion);
        mismatch("provenance.adapters", Metadata::adapterType);
        html.open("div", "class", "dbt-slim-columns");
        origin("provenance.state", view.report.state());
        origin("provenance.current", view.report.current());
        html.close();
        RunInfo run = view.report.run();
        html.open("dl", "class", "dbt-slim-facts");
        facts(run.origin(), false);
        list("provenance.select", run.select());
        list("provenance.exclude", run.exclude());
        fact("provenance.target", run.target());
        if (run.deferred()) {
            reads(run.reads());
        }
        list("provenance.arguments", run.arguments());
        list(
                "provenance.commands",
                run.commands().stream()
                        .map(each -> ReportMessages.get(
                                "provenance.command",
                                each.name(),
                                ReportMessages.duration(each.seconds()),
                                each.status()))
                        .toList());
        String time = SummaryText.time(run);
        fact("provenance.elapsed", time.isEmpty() ? null : time);
        if (run.exitCode() >= 0) {
            fact("provenance.exit", Integer.toString(run.exitCode()));
        }
        html.close();
        view.closeSection();
    }

    /** Of which branch, change request, commit and build it is, below the title. */
    void origin(RunOrigin origin) {
        if (!origin.texts().isEmpty()) {
            html.open("dl", "class", "dbt-slim-facts dbt-slim-origin");
            facts(origin, true);
            html.close().line();
        }
    }

    private void facts(RunOrigin origin, boolean onTop) {
        // There the title says which.
        if (!onTop || HtmlWriter.isSafeLink(origin.changeUrl())) {
            linked("provenance.change", origin.change(), origin.changeUrl());
        }
        linked("provenance.branch", origin.branch(), null);
        if (onTop) {
            linked("provenance.commit", shortened(origin.commit()), origin.commitUrl());
        }
        String build = origin.build() == null ? origin.buildUrl() : origin.build();
        linked("provenance.build", build, origin.buildUrl());
    }

    private static String shortened(String commit) {
        return commit == null ? null : commit.substring(0, Math.min(COMMIT, commit.length()));
    }

    private void linked(String key, String text, String link) {
        if (!HtmlWriter.isSafeLink(link)) {
            fact(key, text);
        } else if (text != null) {
            html.element("dt", ReportMessages.get(key)).open("dd").open("bdi");
            html.element("a", text, "href", link).close().close();
        }
    }

    /** Warns if the two manifests are not of a kind: what differs only for that reason counts as a change. */
    private void mismatch(String key, Function<Metadata, String> kind) {
        String before = kindOf(view.report.state(), kind);
        String now = kindOf(view.report.current(), kind);
        if (before != null && now != null && !before.equals(now)) {
            html.element("div", ReportMessages.get(key, before, now), "class", "dbt-slim-caution")
                    .line();
        }
    }

    private static String kindOf(ManifestOrigin origin, Function<Metadata, String> kind) {
        return origin == null || origin.metadata() == null ? null : kind.apply(origin.metadata());
    }

    private void origin(String key, ManifestOrigin origin) {
        html.open("div").element("h3", ReportMessages.get(key)).open("dl", "class", "dbt-slim-facts");
        if (origin == null) {
            html.element("dt", ReportMessages.get("provenance.location"))
                    .element("dd", ReportMessages.get("provenance.no-manifest"));
        } else {
            Metadata metadata = origin.metadata();
            fact("provenance.location", origin.location());
            if (metadata != null) {
                fact("provenance.generated", generated(metadata));
                fact(
                        "provenance.dbt",
                        metadata.dbtVersion() + (metadata.adapterType() == null ? "" : " · " + metadata.adapterType()));
            }
            fact("provenance.commit", origin.commit());
            fact("provenance.etag", origin.etag());
            fact("provenance.sha256", origin.sha256());
        }
        html.close().close();
    }

    /** When the manifest was made, and for production's how long before this run. */
    private String generated(Metadata metadata) {
        Instant made = instant(metadata.generatedAt());
        if (made == null) {
            return metadata.generatedAt();
        }
        String time = UTC.format(made.atOffset(ZoneOffset.UTC));
        ManifestOrigin current = view.report.current();
        Instant now = current == null || current.metadata() == null
                ? null
                : instant(current.metadata().generatedAt());
        if (now == null || !now.isAfter(made)) {
            return time;
        }
        return ReportMessages.get("provenance.age", time, age(Duration.between(made, now)));
    }

    private String age(Duration age) {
        return age.toDays() >= 2
                ? ReportMessages.get("provenance.days", age.toDays())
                : ReportMessages.duration((double) age.toSeconds());
    }

    private static Instant instant(String iso) {
        try {
            return iso == null ? null : OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void fact(String key, String value) {
        if (value != null) {
            html.element("dt", ReportMessages.get(key))
                    .open("dd")
                    .element("bdi", value)
                    .close();
        }
    }

    /** What was read from where, as the SQL that dbt compiled says. */
    private void reads(DeferredReads reads) {
        html.element("dt", ReportMessages.get("provenance.defer")).open("dd");
        if (reads.production().isEmpty() && reads.own().isEmpty()) {
            html.text(ReportMessages.get("provenance.deferred-nothing"));
        }
        names("provenance.deferred", reads.production());
        names("provenance.deferred-own", reads.own());
        html.close();
    }

    private void names(String key, List<String> ids) {
        if (!ids.isEmpty()) {
            html.open("div").text(ReportMessages.get(key, ids.size()) + " ");
            ids.stream().limit(READS).forEach(id -> html.element("code", ReportNode.nameOf(id))
                    .text(" "));
            html.text(ids.size() > READS ? ReportMessages.get("broken.rest", ids.size() - READS) : "")
                    .close();
        }
    }

    private void list(String key, List<String> values) {
        if (!values.isEmpty()) {
            html.element("dt", ReportMessages.get(key)).open("dd");
            values.forEach(value -> html.element("code", value).text(" "));
            html.close();
        }
    }
}
