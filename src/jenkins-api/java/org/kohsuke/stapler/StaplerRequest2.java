package org.kohsuke.stapler;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Signature of a request. */
public interface StaplerRequest2 extends HttpServletRequest {
    String getRestOfPath();

    <T> List<T> bindJSONToList(Class<T> type, Object src);
}
