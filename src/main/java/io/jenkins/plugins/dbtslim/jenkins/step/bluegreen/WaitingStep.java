package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that wait for clusters, the two before and at the swap, have in common. */
public abstract class WaitingStep extends BlueGreenStep {
    private static final long serialVersionUID = 1L;
    private static final String LAG = "1s";
    private String lagThreshold = LAG;
    private PublishStep publish;

    /** How far behind a ready cluster may be, as an interval of Materialize. */
    public String getLagThreshold() {
        return lagThreshold;
    }

    @DataBoundSetter
    public void setLagThreshold(String lagThreshold) {
        this.lagThreshold = FormText.orDefault(lagThreshold, LAG);
    }

    /** How the manifest is published after the swap, or null. */
    public PublishStep getPublish() {
        return publish;
    }

    @DataBoundSetter
    public void setPublish(PublishStep publish) {
        this.publish = publish;
    }

    @Override
    protected void fillDefaults() {
        super.fillDefaults();
        lagThreshold = FormText.orDefault(lagThreshold, LAG);
    }
}
