package io.jenkins.plugins.dbtslim.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values as Python, and so dbt, compares them: numbers by value ({@code 1 == 1.0 == true}), maps without order. */
public final class PythonValues {
    private static final Fingerprint LIST = Fingerprint.of("[").spread();
    private static final Fingerprint MAP = Fingerprint.of("{").spread();
    private static final Fingerprint NUMBER = Fingerprint.of("#").spread();

    private PythonValues() {}

    /** Whether {@code a == b} holds in Python. (NaN equals itself here, so that a manifest equals itself.) */
    public static boolean equal(Object a, Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return equalMaps(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return equalLists(x, y);
        }
        if (a instanceof String || b instanceof String) {
            return a.equals(b);
        }
        Object x = number(a);
        return x != null && x.equals(number(b));
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            if (other == null
                    ? entry.getValue() != null || !b.containsKey(entry.getKey())
                    : !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalLists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object value : a) {
            if (!equal(value, others.next())) {
                return false;
            }
        }
        return true;
    }

    /** What Python's {@code bool(value)} gives. */
    public static boolean truthy(Object value) {
        if (value instanceof Boolean b) {
            return b;
        }
        if (value instanceof String s) {
            return !s.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return value != null && !BigInteger.ZERO.equals(number(value));
    }

    /**
     * The value without the null entries of its maps: where dbt loads a map into a class, an absent key is the same as
     * null. What users put under {@code meta} stays as it is.
     */
    public static Object withoutNulls(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> kept = new LinkedHashMap<>();
            map.forEach((key, element) -> {
                if (element != null) {
                    kept.put(key, "meta".equals(key) ? element : withoutNulls(element));
                }
            });
            return kept;
        }
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>(list.size());
            list.forEach(element -> kept.add(withoutNulls(element)));
            return kept;
        }
        return value;
    }

    /** Fingerprint of a value: equal values have equal ones. */
    static Fingerprint fingerprint(Object value) {
        if (value == null) {
            return Fingerprint.NULL;
        }
        if (value instanceof String text) {
            return Fingerprint.of(text);
        }
        if (value instanceof Map<?, ?> map) {
            Fingerprint sum = MAP;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum = sum.plus(Fingerprint.of((String) entry.getKey())
                        .then(fingerprint(entry.getValue()))
                        .spread());
            }
            return sum.spread();
        }
        if (value instanceof List<?> list) {
            Fingerprint sum = LIST;
            for (Object element : list) {
                sum = sum.then(fingerprint(element));
            }
            return sum.spread();
        }
        return NUMBER.then(Fingerprint.of(String.valueOf(number(value)))).spread();
    }

    /** BigInteger for whole numbers and booleans, Double for others, null for what is no number. */
    private static Object number(Object value) {
        if (value instanceof Boolean b) {
            return b ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (value instanceof Long l) {
            return BigInteger.valueOf(l);
        }
        if (value instanceof Double d) {
            boolean whole = !d.isInfinite() && !d.isNaN() && d == Math.rint(d);
            return whole ? new BigDecimal(d).toBigInteger() : d;
        }
        return value instanceof BigInteger ? value : null;
    }
}
