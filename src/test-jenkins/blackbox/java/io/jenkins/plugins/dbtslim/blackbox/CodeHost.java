package io.jenkins.plugins.dbtslim.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A code host with one repository, as far as Jenkins' branch source for Gitea asks: its API, and the repository itself by
 * git's plain ("dumb") protocol. Pull requests are what a test opens and closes; their commits are real ones.
 */
final class CodeHost implements AutoCloseable {
    static final String OWNER = "roastery";
    static final String REPOSITORY = "shop";
    private static final String MAIN = "main";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path bare;
    private final Path tree;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, Pull> pulls = new TreeMap<>();
    private final List<String> collaborators = new CopyOnWriteArrayList<>();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    private record Pull(int number, String owner, String branch, boolean isOpen) {}

    CodeHost(Path folder) throws IOException, InterruptedException {
        bare = folder.resolve("served").resolve(OWNER).resolve(REPOSITORY + ".git");
        tree = folder.resolve("tree");
        Files.createDirectories(bare.getParent());
        git(folder, "init", "-q", "--bare", "-b", MAIN, bare.toString());
        git(folder, "init", "-q", "-b", MAIN, tree.toString());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/", this::api);
        server.createContext("/" + OWNER + "/", this::file);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where a test changes files before it commits. */
    Path tree() {
        return tree;
    }

    /** Commits the tree to the main branch; gives the commit. */
    String push(String message) throws IOException, InterruptedException {
        return push(MAIN, message);
    }

    /** Commits the tree on top of what was checked out last, as a branch of the repository itself. */
    String push(String branch, String message) throws IOException, InterruptedException {
        String commit = commit(message);
        git(tree, "push", "-q", bare.toString(), "+HEAD:refs/heads/" + branch);
        pulls.values().stream()
                .filter(pull -> pull.owner().equals(OWNER) && pull.branch().equals(branch))
                .forEach(pull -> head(pull.number(), commit));
        return served(commit);
    }

    /** Goes to a branch, or to a new one on top of where the tree is. */
    void checkout(String branch) throws IOException, InterruptedException {
        boolean isThere = !git(tree, "branch", "--list", branch).isEmpty();
        git(tree, "checkout", "-q", isThere ? branch : "-b", isThere ? "--" : branch);
    }

    /** Opens a pull request of a branch that was pushed. */
    synchronized void open(int number, String branch) throws IOException, InterruptedException {
        pulls.put(number, new Pull(number, OWNER, branch, true));
        served(head(number, git(bare, "rev-parse", branch)));
    }

    /** Opens a pull request of somebody's fork: the commit of the tree, which is given, is there as its head alone. */
    synchronized String openOfFork(int number, String owner, String message) throws IOException, InterruptedException {
        String commit = commit(message);
        git(tree, "push", "-q", bare.toString(), "HEAD:refs/pull/" + number + "/head");
        pulls.put(number, new Pull(number, owner, MAIN, true));
        return served(commit);
    }

    /** Lets somebody write to the repository. */
    void invite(String collaborator) {
        collaborators.add(collaborator);
    }

    /** Merges with the message that Gitea writes; gives the commit. */
    String merge(int number) throws IOException, InterruptedException {
        String branch = pulls.get(number).branch();
        git(tree, "checkout", "-q", MAIN);
        git(
                tree,
                "merge",
                "-q",
                "--no-ff",
                "-m",
                "Merge pull request 'Change " + branch + "' (#" + number + ") from " + branch + " into " + MAIN,
                branch);
        git(tree, "push", "-q", bare.toString(), MAIN);
        close(number);
        return served(git(tree, "rev-parse", "HEAD"));
    }

    /** Closes a pull request, and deletes its branch. */
    synchronized void close(int number) throws IOException, InterruptedException {
        Pull pull = pulls.get(number);
        pulls.put(number, new Pull(number, pull.owner(), pull.branch(), false));
        if (pull.owner().equals(OWNER)) {
            git(bare, "update-ref", "-d", "refs/heads/" + pull.branch());
        }
        served("");
    }

    /** The last status that Jenkins gave a commit, such as {@code success}, or null. */
    String status(String commit) {
        return statuses.get(commit);
    }

    private String commit(String message) throws IOException, InterruptedException {
        git(tree, "add", "-A");
        git(tree, "commit", "-q", "-m", message);
        return git(tree, "rev-parse", "HEAD");
    }

    private String head(int number, String commit) {
        try {
            git(bare, "update-ref", "refs/pull/" + number + "/head", commit);
            return commit;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the plain protocol hands out is files that git has to write. */
    private String served(String commit) throws IOException, InterruptedException {
        git(bare, "update-server-info");
        return commit;
    }

    private static String git(Path folder, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(words));
        ProcessBuilder git = new ProcessBuilder(command).directory(folder.toFile());
        for (String who : new String[] {"AUTHOR", "COMMITTER"}) {
            git.environment().put("GIT_" + who + "_NAME", "Ada");
            git.environment().put("GIT_" + who + "_EMAIL", "ada@example.com");
        }
        Process process = git.redirectErrorStream(true).start();
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
            return output;
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        Path file = bare.getParent()
                .getParent()
                .resolve(exchange.getRequestURI().getPath().substring(1))
                .normalize();
        boolean isThere = file.startsWith(bare) && Files.isRegularFile(file);
        answer(exchange, isThere ? Files.readAllBytes(file) : null, "application/octet-stream");
    }

    private void api(HttpExchange exchange) throws IOException {
        try {
            String path = exchange.getRequestURI().getPath().substring("/api/v1/".length());
            String repository = "repos/" + OWNER + "/" + REPOSITORY;
            if (path.startsWith(repository + "/raw/")) {
                String[] parts = path.substring((repository + "/raw/").length()).split("/", 2);
                answer(exchange, raw(parts[0], parts[1]), "text/plain");
                return;
            }
            JsonNode json = path.equals("version")
                    ? JSON.objectNode().put("version", "1.22.0")
                    : path.equals(repository)
                            ? repository(OWNER)
                            : path.startsWith(repository + "/")
                                    ? part(
                                            exchange,
                                            path.substring(repository.length() + 1)
                                                    .split("/"))
                                    : null;
            answer(
                    exchange,
                    json == null ? null : json.toString().getBytes(StandardCharsets.UTF_8),
                    "application/json");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private synchronized JsonNode part(HttpExchange exchange, String... path) throws IOException, InterruptedException {
        String last = path.length > 1 ? path[1] : null;
        return switch (path[0]) {
            case "branches" -> last == null ? branches() : branch(last);
            case "pulls" -> last == null ? pulls() : pull(pulls.get(Integer.parseInt(last)));
            case "collaborators" -> {
                ArrayNode json = JSON.arrayNode();
                collaborators.forEach(name -> json.addObject().put("username", name));
                yield json;
            }
            case "statuses" -> status(last, new ObjectMapper().readTree(exchange.getRequestBody()));
            default -> null;
        };
    }

    private JsonNode status(String commit, JsonNode status) {
        statuses.put(commit, status.path("state").asText());
        return JSON.objectNode().put("state", status.path("state").asText());
    }

    private byte[] raw(String ref, String path) throws InterruptedException {
        try {
            return (git(bare, "show", ref + ":" + path) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null; // there is no such file
        }
    }

    private ObjectNode repository(String owner) {
        ObjectNode json = JSON.objectNode().put("name", REPOSITORY).put("default_branch", MAIN);
        json.put("html_url", url() + "/" + owner + "/" + REPOSITORY);
        json.putObject("owner").put("username", owner).put("login", owner);
        json.putObject("permissions").put("admin", true).put("push", true).put("pull", true);
        return json;
    }

    private ArrayNode branches() throws IOException, InterruptedException {
        ArrayNode json = JSON.arrayNode();
        for (String name : git(bare, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")
                .split("\n")) {
            json.add(branch(name));
        }
        return json;
    }

    private ObjectNode branch(String name) throws IOException, InterruptedException {
        ObjectNode json = JSON.objectNode().put("name", name);
        json.putObject("commit").put("id", git(bare, "rev-parse", "refs/heads/" + name));
        return json;
    }

    private ArrayNode pulls() throws IOException, InterruptedException {
        ArrayNode json = JSON.arrayNode();
        for (Pull pull : pulls.values()) {
            if (pull.isOpen()) {
                json.add(pull(pull));
            }
        }
        return json;
    }

    private ObjectNode pull(Pull pull) throws IOException, InterruptedException {
        ObjectNode json =
                JSON.objectNode().put("number", pull.number()).put("state", pull.isOpen() ? "open" : "closed");
        json.putObject("base")
                .put("ref", MAIN)
                .put("sha", git(bare, "rev-parse", MAIN))
                .set("repo", repository(OWNER));
        json.putObject("head")
                .put("ref", pull.branch())
                .put("sha", git(bare, "rev-parse", "refs/pull/" + pull.number() + "/head"))
                .set("repo", repository(pull.owner()));
        return json;
    }

    private static void answer(HttpExchange exchange, byte[] body, String type) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null || body.length == 0 ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
