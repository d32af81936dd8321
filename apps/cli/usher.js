#!/usr/bin/env node
// The bundle has no line for the shell.
import '../../dist/apps/cli/main.js';
