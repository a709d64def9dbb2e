package io.jenkins.plugins.dbtslim.blackbox;

import io.jenkins.plugins.dbtslim.standin.SampleProject;
import io.jenkins.plugins.dbtslim.standin.Standin;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Production of the sample project on the stand-in of Materialize, built and published by the Jenkins under test; what is to
 * be deployed differs from it by one model. All of it lies on this machine.
 */
final class Production {
    private final Site site;
    private final Standin materialize;
    private final Path folder;
    private final SampleProject project;
    private final String credentials;
    private final String venv;

    Production(Site site, Standin materialize, Path folder) throws Exception {
        this.site = site;
        this.materialize = materialize;
        this.folder = folder;
        materialize.createCluster("prod_serving", 1);
        project = Standin.project(folder.resolve("project"));
        credentials = site.credentials("materialize", login("MZ_USER"), login("MZ_PASSWORD"));
        venv = Standin.venv("1.11").toString();
        pipeline(
                        "production",
                        "dbtFetchManifest from: '" + uri() + "', ifMissing: 'fullBuild'\ndbtSlimBuild " + options()
                                + "\ndbtPublishManifest '" + uri() + "'\n")
                .run()
                .assertResult("SUCCESS");
        project.changed();
    }

    SampleProject project() {
        return project;
    }

    private String login(String variable) {
        return materialize.environment().get(variable);
    }

    String password() {
        return login("MZ_PASSWORD");
    }

    /** The file of production's manifest. */
    Path manifest() {
        return folder.resolve("store/manifest.json");
    }

    String uri() {
        return "file:" + manifest();
    }

    /** Options that each step needs to reach the database. */
    String options() {
        return "target: 'production', credentialsId: '" + credentials + "', venv: '" + venv + "', profilesDir: '.'";
    }

    /** The same as elements of a freestyle step's options. */
    String xml() {
        return "<target>production</target><credentialsId>" + credentials + "</credentialsId><venv>" + venv
                + "</venv><profilesDir>.</profilesDir>";
    }

    /** A line of shell that brings the project into the workspace. */
    String copy() {
        return "rm -rf ./* && cp -r \"" + project.folder() + "/.\" .";
    }

    /** The same as a Pipeline step. */
    String checkout() {
        return "sh '" + copy() + "'\n";
    }

    /** The environment as {@code name=value}, without user and password. */
    Stream<String> variables() {
        return materialize.environment().entrySet().stream()
                .filter(variable -> !variable.getKey().matches("MZ_USER|MZ_PASSWORD"))
                .map(variable -> variable.getKey() + "=" + variable.getValue());
    }

    /** A Pipeline with these steps in a workspace with the project. */
    Job pipeline(String name, String steps) {
        return site.pipeline(name, environment("node {\n" + checkout() + steps + "\n}\n"));
    }

    String environment(String script) {
        return "withEnv(["
                + Stream.concat(variables(), Stream.of("CI_TAG=gh_ci_42"))
                        .map(variable -> "'" + variable + "'")
                        .collect(Collectors.joining(", "))
                + "]) {\n" + script + "}\n";
    }

    /** Whether production is the changed project. */
    boolean isDeployed() throws Exception {
        return materialize
                .sql("select pg_get_viewdef('public_marts.order_totals'::regclass) like '%HAVING%'")
                .equals("t");
    }

    /** The token that a build printed after {@code token=}. */
    static String token(Build build) {
        return build.console().replaceFirst("(?s).*\ntoken=([^=]+)=.*", "$1");
    }

    /** A step with this script that prints the token of what it prepared. */
    String prepare(String options) {
        return "def p = dbtBlueGreenPrepare(" + options() + options + ")\necho \"token=${p.token}=\"\n";
    }

    String promote(String token, String options) {
        return "def p = dbtBlueGreenPromote(" + options() + ", token: '" + token + "'" + options
                + ")\necho \"result ${p.result}, published ${p.published?.uri}\"\n";
    }
}
