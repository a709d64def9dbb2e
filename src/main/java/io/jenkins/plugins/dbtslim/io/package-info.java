/**
 * What every room does with files, and the JDK does not do alone: whole folders, small JSON files, words for errors,
 * signs of life.
 */
package io.jenkins.plugins.dbtslim.io;
