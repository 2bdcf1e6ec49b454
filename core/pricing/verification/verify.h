#pragma once

#include "pricing/verification/engine.h"
#include "pricing/verification/kind.h"

#include <istream>
#include <string>
#include <vector>

namespace vegadesk::pricing::verification
{

/// One column's scores: error over what is allowed, so that up to 1 passes. A missing or NaN answer scores infinity.
struct ColumnReport {
    std::string name;
    std::size_t rows = 0, failures = 0;
    std::size_t skipped = 0; ///< rows whose exact value is not known, or cannot be right: see kind.h
    double worst = 0, median = 0;
    std::string worstRow;                        ///< its id; empty for a figure of the whole file
    double expected = 0, found = 0, allowed = 0; ///< of the worst row
};

/// A row that the engine declined, in its words.
struct DeclinedRow {
    std::string id;
    std::string reason;
};

struct Report {
    std::string kind, engine;
    std::size_t rows = 0;
    std::vector<ColumnReport> columns;
    std::vector<std::string> notComputed; ///< columns of the file that this engine does not give
    std::vector<base::Error> malformed;
    std::vector<DeclinedRow> declined;

    /// Every row read and within its bounds, no column left out.
    bool passes() const;
};

/// Recomputes every row.
/// Errors  BadInput when the file has no header or lacks a column that the kind needs.
base::Result<Report> verify(std::istream& input, const Kind& kind, const Engine& engine);

} // namespace vegadesk::pricing::verification
