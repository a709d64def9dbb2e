package io.jenkins.plugins.dbtslim.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The home of the demo Jenkins: its configuration and its jobs, from {@code src/demo/jenkins} with the places of this machine put in. */
public final class DemoHome {
    private static final Path SEED = Path.of("src/demo/jenkins");
    private static final String PIPELINE = ".Jenkinsfile";

    private final Map<String, String> places;

    /**
     * With these places, written {@code @name@} in the seed.
     *
     * @param places sources, demo (a folder for the database), venv, manifest, endpoint, access-key and secret-key
     */
    public DemoHome(Map<String, String> places) {
        this.places = Map.copyOf(places);
    }

    /** Writes it into a folder, over what an earlier demo left there. */
    public void write(Path home) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("jenkins.yaml"), configuration());
        for (Map.Entry<String, String> job : jobs().entrySet()) {
            Path folder = Files.createDirectories(home.resolve("jobs").resolve(job.getKey()));
            Files.writeString(folder.resolve("config.xml"), job.getValue());
        }
    }

    /** The configuration as code. */
    public String configuration() throws IOException {
        return filled(SEED.resolve("jenkins.yaml"));
    }

    /** The jobs as Jenkins stores them, by name. */
    public Map<String, String> jobs() throws IOException {
        Map<String, String> jobs = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SEED, "*.{Jenkinsfile,xml}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String text = filled(file);
                jobs.put(name.substring(0, name.lastIndexOf('.')), name.endsWith(PIPELINE) ? pipeline(text) : text);
            }
        }
        return jobs;
    }

    private String filled(Path file) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace("@" + place.getKey() + "@", place.getValue());
        }
        return text;
    }

    private static String pipeline(String script) {
        String description = script.lines().findFirst().orElse("").replaceFirst("^// ", "");
        return "<?xml version='1.1' encoding='UTF-8'?>\n<flow-definition>\n  <description>" + xml(description)
                + "</description>\n  <definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\">\n"
                + "    <script>" + xml(script) + "</script>\n    <sandbox>true</sandbox>\n  </definition>\n"
                + "</flow-definition>\n";
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
