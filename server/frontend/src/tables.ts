import { openEvidence } from "./tables/evidence";
import { replaceInPlace } from "./tables/live";

openEvidence();
replaceInPlace();
