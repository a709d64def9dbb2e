/**
 * Where production's manifest lives: locations, signed requests, transfers and their provenance.
 */
package io.jenkins.plugins.dbtslim.store;
