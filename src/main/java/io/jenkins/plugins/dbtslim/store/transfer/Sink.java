package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the body of a successful reply; started anew for each attempt. */
public interface Sink {
    /** A body begins; what came before is void. */
    void begin(Reply reply) throws IOException;

    /** Takes all that remains in the buffer. */
    void write(ByteBuffer bytes) throws IOException;

    /** The body is complete as far as HTTP can tell: throws {@link BrokenTransfer} where length or checksum differ. */
    void end() throws IOException;
}
