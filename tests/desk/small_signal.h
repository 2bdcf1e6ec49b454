#pragma once

#include "base/time.h"
#include "learning/doors/signal_library.h"

#include <string>

/// A demonstration that is trained in seconds.
inline vegadesk::learning::market_signals::TrainingRequest smallTraining(const std::string& path)
{
    using namespace vegadesk;
    namespace models = learning::market_signals;
    models::TrainingRequest request;
    request.history.kind = models::HistoryRequest::Kind::Generated;
    request.history.underlying = "SPY";
    request.history.from = base::makeDate(2015, 1, 2);
    request.history.to = base::makeDate(2021, 12, 31);
    request.settings.boosting.roundsMost = 30;
    request.settings.folds = 3;
    request.settings.steps = 3;
    request.settings.evidence.draws = 200;
    request.modelPath = path;
    return request;
}
