/** Every schema with an `$id`: the components of the OpenAPI document. */
import type { TSchema } from 'typebox';
import {
  ClausePartSchema,
  ClauseSchema,
  ClauseViewSchema,
  HeadingSchema,
  NeighbourSchema,
} from './clause.js';
import { CellSchema, ComparisonRowSchema, ComparisonSchema } from './comparison.js';
import { DiagnosticSchema } from './diagnostic.js';
import { DocumentViewSchema, PageStartSchema, SourceSegmentSchema } from './document-view.js';
import {
  DocumentRefSchema,
  DocumentSummarySchema,
  FrontMatterSchema,
  PeriodSchema,
  ProvenanceSchema,
} from './document.js';
import { HitSchema, SearchAnswerSchema, UnderstoodSchema, WhySchema } from './hit.js';
import { HeldJurisdictionSchema, JurisdictionSchema } from './jurisdiction.js';
import { ProblemSchema } from './problem.js';
import { DocumentListSchema, ListedFileSchema, NoiseSchema, RetrievalSchema } from './source-file.js';
import { PagePlaceSchema, SourcePlaceSchema } from './source-place.js';
import { SpanSchema } from './span.js';
import { ModelSchema, StatusSchema } from './status.js';

import { UploadedSchema, UploadLimitsSchema } from './uploaded.js';

export const ALL_SCHEMAS: readonly TSchema[] = [
  SpanSchema,
  SourcePlaceSchema,
  PagePlaceSchema,
  PageStartSchema,
  PeriodSchema,
  JurisdictionSchema,
  HeldJurisdictionSchema,
  DiagnosticSchema,
  NoiseSchema,
  RetrievalSchema,
  ListedFileSchema,
  DocumentRefSchema,
  DocumentSummarySchema,
  DocumentListSchema,
  ProvenanceSchema,
  FrontMatterSchema,
  SourceSegmentSchema,
  HeadingSchema,
  ClausePartSchema,
  ClauseSchema,
  NeighbourSchema,
  ClauseViewSchema,
  DocumentViewSchema,
  WhySchema,
  HitSchema,
  UnderstoodSchema,
  SearchAnswerSchema,
  CellSchema,
  ComparisonRowSchema,
  ComparisonSchema,
  ModelSchema,
  StatusSchema,
  UploadedSchema,
  UploadLimitsSchema,
  ProblemSchema,
];
