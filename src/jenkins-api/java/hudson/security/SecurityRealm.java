package hudson.security;

import org.springframework.security.core.GrantedAuthority;

/** Signature of where users come from. */
public abstract class SecurityRealm {
    public static final GrantedAuthority AUTHENTICATED_AUTHORITY2 = () -> "authenticated";
}
