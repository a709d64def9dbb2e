package io.jenkins.plugins.dbtslim.state.jinja;

import io.jenkins.plugins.dbtslim.state.jinja.JinjaToken.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses Jinja expressions, with Jinja's own precedence and shape of the tree. One class longer than others: a method for each
 * level of precedence, which call each other.
 */
final class JinjaParser {
    private static final int DEEPEST = 200;
    private static final Map<String, String> COMPARISONS =
            Map.of("==", "eq", "!=", "ne", "<", "lt", "<=", "lteq", ">", "gt", ">=", "gteq");
    private static final Map<String, String> SUMS = Map.of("+", "Add", "-", "Sub");
    private static final Map<String, String> PRODUCTS = Map.of("*", "Mul", "/", "Div", "//", "FloorDiv", "%", "Mod");
    private static final Set<String> NO_TEST_ARGUMENT = Set.of("else", "or", "and");

    private final List<JinjaToken> tokens;
    private int at;
    private int depth;

    JinjaParser(List<JinjaToken> tokens, int at) {
        this.tokens = tokens;
        this.at = at;
    }

    /** A primary expression with its calls, attributes and subscripts. */
    JinjaNode primaryWithPostfix() throws JinjaException {
        return postfix(primary());
    }

    private JinjaNode expression() throws JinjaException {
        if (++depth > DEEPEST) {
            throw new JinjaException("expression is nested too deep");
        }
        JinjaNode value = or();
        while (skipName("if")) {
            JinjaNode test = or();
            JinjaNode other = skipName("else") ? expression() : null;
            value = JinjaNode.of("CondExpr", "test", test, "expr1", value, "expr2", other);
        }
        depth--;
        return value;
    }

    private JinjaNode or() throws JinjaException {
        JinjaNode left = and();
        while (skipName("or")) {
            left = JinjaNode.of("Or", "left", left, "right", and());
        }
        return left;
    }

    private JinjaNode and() throws JinjaException {
        JinjaNode left = not();
        while (skipName("and")) {
            left = JinjaNode.of("And", "left", left, "right", not());
        }
        return left;
    }

    private JinjaNode not() throws JinjaException {
        return skipName("not") ? JinjaNode.of("Not", "node", not()) : compare();
    }

    private JinjaNode compare() throws JinjaException {
        JinjaNode first = sum();
        List<JinjaNode> operands = new ArrayList<>();
        while (true) {
            String comparison = current().kind() == Kind.OPERATOR
                    ? COMPARISONS.get(current().text())
                    : null;
            if (comparison != null) {
                at++;
            } else if (skipName("in")) {
                comparison = "in";
            } else if (current().is(Kind.NAME, "not") && next().is(Kind.NAME, "in")) {
                at += 2;
                comparison = "notin";
            } else {
                break;
            }
            operands.add(JinjaNode.of("Operand", "op", comparison, "expr", sum()));
        }
        return operands.isEmpty() ? first : JinjaNode.of("Compare", "expr", first, "ops", operands);
    }

    private JinjaNode sum() throws JinjaException {
        JinjaNode left = concat();
        while (current().kind() == Kind.OPERATOR && SUMS.containsKey(current().text())) {
            String type = SUMS.get(take().text());
            left = JinjaNode.of(type, "left", left, "right", concat());
        }
        return left;
    }

    private JinjaNode concat() throws JinjaException {
        List<JinjaNode> parts = new ArrayList<>(List.of(product()));
        while (skip("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : JinjaNode.of("Concat", "nodes", parts);
    }

    private JinjaNode product() throws JinjaException {
        JinjaNode left = power();
        while (current().kind() == Kind.OPERATOR
                && PRODUCTS.containsKey(current().text())) {
            String type = PRODUCTS.get(take().text());
            left = JinjaNode.of(type, "left", left, "right", power());
        }
        return left;
    }

    private JinjaNode power() throws JinjaException {
        JinjaNode left = unary(true);
        while (skip("**")) {
            left = JinjaNode.of("Pow", "left", left, "right", unary(true));
        }
        return left;
    }

    private JinjaNode unary(boolean withFilters) throws JinjaException {
        JinjaNode node;
        if (skip("-")) {
            node = JinjaNode.of("Neg", "node", unary(false));
        } else if (skip("+")) {
            node = JinjaNode.of("Pos", "node", unary(false));
        } else {
            node = primary();
        }
        node = postfix(node);
        return withFilters ? filtersAndTests(node) : node;
    }

    private JinjaNode primary() throws JinjaException {
        JinjaToken token = take();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (current().kind() == Kind.STRING) {
                    text.append(take().text());
                }
                yield JinjaNode.constant(text.toString());
            }
            case INTEGER -> JinjaNode.constant(integer(token.text()));
            case FLOAT -> JinjaNode.constant(Double.valueOf(token.text().replace("_", "")));
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesized();
                    case "[" -> JinjaNode.of("List", "items", items("]"));
                    case "{" -> dict();
                    default -> throw new JinjaException("unexpected " + token.text());
                };
            case END -> throw new JinjaException("unexpected end of block");
        };
    }

    private static JinjaNode name(String name) {
        return switch (name) {
            case "true", "True" -> JinjaNode.constant(true);
            case "false", "False" -> JinjaNode.constant(false);
            case "none", "None" -> JinjaNode.constant(null);
            default -> JinjaNode.of("Name", "name", name, "ctx", "load");
        };
    }

    private static BigInteger integer(String source) {
        String digits = source.replace("_", "").toLowerCase(java.util.Locale.ROOT);
        if (digits.length() > 2 && digits.charAt(0) == '0') {
            int radix = Map.of('b', 2, 'o', 8, 'x', 16).getOrDefault(digits.charAt(1), 10);
            return radix == 10 ? BigInteger.ZERO : new BigInteger(digits.substring(2), radix);
        }
        return new BigInteger(digits);
    }

    private JinjaNode parenthesized() throws JinjaException {
        List<JinjaNode> items = new ArrayList<>();
        boolean tuple = false;
        while (!current().is(Kind.OPERATOR, ")")) {
            items.add(expression());
            if (!skip(",")) {
                break;
            }
            tuple = true;
        }
        expect(")");
        return items.size() == 1 && !tuple ? items.get(0) : JinjaNode.of("Tuple", "items", items, "ctx", "load");
    }

    private List<JinjaNode> items(String end) throws JinjaException {
        List<JinjaNode> items = new ArrayList<>();
        while (!skip(end)) {
            if (!items.isEmpty()) {
                expect(",");
                if (skip(end)) {
                    break;
                }
            }
            items.add(expression());
        }
        return items;
    }

    private JinjaNode dict() throws JinjaException {
        List<JinjaNode> pairs = new ArrayList<>();
        while (!skip("}")) {
            if (!pairs.isEmpty()) {
                expect(",");
                if (skip("}")) {
                    break;
                }
            }
            JinjaNode key = expression();
            expect(":");
            pairs.add(JinjaNode.of("Pair", "key", key, "value", expression()));
        }
        return JinjaNode.of("Dict", "items", pairs);
    }

    private JinjaNode postfix(JinjaNode start) throws JinjaException {
        JinjaNode node = start;
        while (true) {
            if (skip(".")) {
                node = attribute(node);
            } else if (skip("[")) {
                node = subscript(node);
            } else if (skip("(")) {
                node = arguments(JinjaNode.of("Call", "node", node));
            } else {
                return node;
            }
        }
    }

    private JinjaNode attribute(JinjaNode node) throws JinjaException {
        JinjaToken token = take();
        return switch (token.kind()) {
            case NAME -> JinjaNode.of("Getattr", "node", node, "attr", token.text(), "ctx", "load");
            case INTEGER -> {
                JinjaNode index = JinjaNode.constant(integer(token.text()));
                yield JinjaNode.of("Getitem", "node", node, "arg", index, "ctx", "load");
            }
            default -> throw new JinjaException("expected a name or number after the dot");
        };
    }

    private JinjaNode subscript(JinjaNode node) throws JinjaException {
        List<JinjaNode> parts = new ArrayList<>();
        while (!skip("]")) {
            if (!parts.isEmpty()) {
                expect(",");
            }
            parts.add(subscribed());
        }
        JinjaNode arg = parts.size() == 1 ? parts.get(0) : JinjaNode.of("Tuple", "items", parts, "ctx", "load");
        return JinjaNode.of("Getitem", "node", node, "arg", arg, "ctx", "load");
    }

    private JinjaNode subscribed() throws JinjaException {
        List<JinjaNode> bounds = new ArrayList<>();
        JinjaNode bound = null;
        boolean slice = false;
        while (!current().is(Kind.OPERATOR, "]") && !current().is(Kind.OPERATOR, ",")) {
            if (skip(":")) {
                bounds.add(bound);
                bound = null;
                slice = true;
            } else {
                bound = expression();
            }
        }
        bounds.add(bound);
        if (!slice) {
            return bounds.get(0);
        }
        Object step = bounds.size() > 2 ? bounds.get(2) : null;
        return JinjaNode.of("Slice", "start", bounds.get(0), "stop", bounds.get(1), "step", step);
    }

    private JinjaNode filtersAndTests(JinjaNode start) throws JinjaException {
        JinjaNode node = start;
        while (true) {
            if (skip("|")) {
                JinjaNode filter = JinjaNode.of("Filter", "node", node, "name", dottedName());
                node = skip("(") ? arguments(filter) : withoutArguments(filter, List.of());
            } else if (skipName("is")) {
                node = test(node);
            } else if (skip("(")) {
                node = arguments(JinjaNode.of("Call", "node", node));
            } else {
                return node;
            }
        }
    }

    private JinjaNode test(JinjaNode node) throws JinjaException {
        boolean negated = skipName("not");
        JinjaNode test = JinjaNode.of("Test", "node", node, "name", dottedName());
        if (skip("(")) {
            test = arguments(test);
        } else {
            test = withoutArguments(test, startsTestArgument() ? List.of(primaryWithPostfix()) : List.of());
        }
        return negated ? JinjaNode.of("Not", "node", test) : test;
    }

    private boolean startsTestArgument() {
        return switch (current().kind()) {
            case NAME -> !NO_TEST_ARGUMENT.contains(current().text());
            case OPERATOR -> current().text().equals("[") || current().text().equals("{");
            case END -> false;
            default -> true;
        };
    }

    private String dottedName() throws JinjaException {
        StringBuilder name = new StringBuilder(expectName());
        while (skip(".")) {
            name.append('.').append(expectName());
        }
        return name.toString();
    }

    private static JinjaNode withoutArguments(JinjaNode node, List<JinjaNode> args) {
        node.fields().put("args", args);
        node.fields().put("kwargs", List.of());
        node.fields().put("dyn_args", null);
        node.fields().put("dyn_kwargs", null);
        return node;
    }

    /** Fills in the arguments; the opening parenthesis is already taken. */
    private JinjaNode arguments(JinjaNode node) throws JinjaException {
        List<JinjaNode> args = new ArrayList<>();
        List<JinjaNode> keywords = new ArrayList<>();
        JinjaNode dynamic = null;
        JinjaNode dynamicKeywords = null;
        boolean first = true;
        while (!skip(")")) {
            if (!first) {
                expect(",");
                if (skip(")")) {
                    break;
                }
            }
            first = false;
            if (skip("*")) {
                dynamic = expression();
            } else if (skip("**")) {
                dynamicKeywords = expression();
            } else if (current().kind() == Kind.NAME && next().is(Kind.OPERATOR, "=")) {
                String key = take().text();
                at++;
                keywords.add(JinjaNode.of("Keyword", "key", key, "value", expression()));
            } else {
                args.add(expression());
            }
        }
        node.fields().put("args", args);
        node.fields().put("kwargs", keywords);
        node.fields().put("dyn_args", dynamic);
        node.fields().put("dyn_kwargs", dynamicKeywords);
        return node;
    }

    private JinjaToken current() {
        return at < tokens.size() ? tokens.get(at) : JinjaToken.END;
    }

    private JinjaToken next() {
        return at + 1 < tokens.size() ? tokens.get(at + 1) : JinjaToken.END;
    }

    private JinjaToken take() {
        JinjaToken token = current();
        at++;
        return token;
    }

    private boolean skip(String operator) {
        boolean found = current().is(Kind.OPERATOR, operator);
        at += found ? 1 : 0;
        return found;
    }

    private boolean skipName(String name) {
        boolean found = current().is(Kind.NAME, name);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String operator) throws JinjaException {
        if (!skip(operator)) {
            throw new JinjaException("expected " + operator);
        }
    }

    private String expectName() throws JinjaException {
        JinjaToken token = take();
        if (token.kind() != Kind.NAME) {
            throw new JinjaException("expected a name");
        }
        return token.text();
    }
}
