package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.model.Item;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * A report in other formats. Formats that hold SQL or messages of the database need the permission that the workspace needs;
 * in those that can do without, they are left out for who has it not.
 */
@Restricted(NoExternalUse.class)
public final class Downloads {
    private final SlimAction action;

    Downloads(SlimAction action) {
        this.action = action;
    }

    private boolean isCodeVisible() {
        return action.getRun().getParent().hasPermission(Item.WORKSPACE);
    }

    /** The whole report as JSON. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReportJson() {
        action.getRun().getParent().checkPermission(Item.WORKSPACE);
        return answer("report.json", "application/json", JsonReport::write);
    }

    /** The report's own file. */
    @GET
    @WebMethod(name = "report.zip")
    public HttpResponse doReportZip() {
        action.getRun().getParent().checkPermission(Item.WORKSPACE);
        return answer("report.zip", "application/zip", (out, report) -> Files.copy(file().toPath(), out));
    }

    /** Results of models and tests. */
    @GET
    @WebMethod(name = "junit.xml")
    public HttpResponse doJunitXml() {
        action.getRun().getParent().checkPermission(Item.WORKSPACE);
        return answer("junit.xml", "application/xml", (out, report) -> JUnitReport.write(out, report.report()));
    }

    /** The page that stands alone. */
    @GET
    @WebMethod(name = "report.html")
    public HttpResponse doReportHtml() {
        HtmlOptions options = HtmlOptions.standalone().withCode(isCodeVisible());
        return answer("report.html", "text/html;charset=UTF-8", (out, report) -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            new HtmlReport(report, options).page(writer);
            writer.flush();
        });
    }

    /** A short text for comments. */
    @GET
    @WebMethod(name = "summary.md")
    public HttpResponse doSummaryMd() {
        boolean code = isCodeVisible();
        return answer("summary.md", "text/markdown;charset=UTF-8", (out, report) -> {
            String text = new MarkdownSummary(report.report(), code).text();
            out.write(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Writes a report in one format. */
    @FunctionalInterface
    private interface Format {
        void write(OutputStream out, SlimReportFile report) throws IOException;
    }

    private File file() {
        return Reports.file(action.getRun(), action.getId());
    }

    /** As a file to keep: what a project wrote must not be a page of Jenkins. */
    private HttpResponse answer(String name, String type, Format format) {
        if (!file().isFile()) {
            throw HttpResponses.notFound();
        }
        String shown = action.getRun().getParent().getName().replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + action.getRun().getNumber() + "-" + action.getId() + "-" + name;
        return new HttpResponse() {
            @Override
            public void generateResponse(
                    org.kohsuke.stapler.StaplerRequest2 request,
                    org.kohsuke.stapler.StaplerResponse2 response,
                    Object node)
                    throws IOException {
                try (SlimReportFile report = SlimReportFile.open(file().toPath())) {
                    response.setContentType(type);
                    response.setHeader("Content-Disposition", "attachment; filename=\"" + shown + "\"");
                    response.setHeader("X-Content-Type-Options", "nosniff");
                    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
                    format.write(response.getOutputStream(), report);
                } catch (ReportException e) {
                    if (response.isCommitted()) {
                        throw e; // the connection breaks, so that nobody takes half of it for the whole
                    }
                    response.reset();
                    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                    response.setContentType("text/plain;charset=UTF-8");
                    response.getWriter().println(Reports.unreadable(action.getRun(), action.getId(), e));
                }
            }
        };
    }
}
