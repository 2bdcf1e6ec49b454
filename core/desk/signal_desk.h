#pragma once

#include "base/error.h"
#include "desk/published.h"
#include "desk/signals_view.h"
#include "learning/doors/signal_library.h"
#include "market/quote.h"

#include <QDateTime>
#include <QFuture>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::desk
{

/// Whose completed days the models are asked by.
struct SignalDays {
    using Bars = std::shared_ptr<const std::vector<market::Candle>>;
    std::string underlying;
    Bars bars; ///< ascending; null: none have come

    friend bool operator==(const SignalDays&, const SignalDays&) = default;
};

/// A folder of models as it was read last, kept so that only what has changed is read again.
struct SignalFolder {
    struct File {
        QDateTime changed;
        qint64 bytes = 0;
        std::shared_ptr<const learning::market_signals::Signal> model; ///< null: it cannot be read
        SignalRow row;
    };
    SignalDays days;
    std::map<std::string, File> files; ///< by model's name
    std::string failure;
};

/// What the Signals panel shows and asks for. Models are read, followed and trained on the global pool, where the plugin is loaded
/// when there is a first one; everything else is the owner's thread.
class SignalDesk
{
public:
    using Folder = std::shared_ptr<const SignalFolder>;
    using Progress = std::function<void(double)>;
    /// What runs on the pool; tests put their own in its place.
    struct Work {
        /// Answers with `before` where nothing has changed.
        std::function<Folder(const Folder& before, const SignalDays& days, const std::stop_token& stop)> read;
        std::function<base::Result<void>(const std::string& target, const std::stop_token& stop,
                                         const Progress& progress)>
            train;
    };
    static constexpr std::chrono::seconds lookEvery{2};

    explicit SignalDesk(const std::string& folder) : SignalDesk(folder, workOn(folder)) {}
    SignalDesk(std::string folder, Work work);
    /// Stops what runs, and waits for it: that is soon.
    ~SignalDesk();
    SignalDesk(const SignalDesk&) = delete;
    SignalDesk& operator=(const SignalDesk&) = delete;

    std::shared_ptr<const SignalsView> view() const { return m_view.load(); }
    /// Somebody looks: takes what has come, and has the folder looked at where that is due, or the days are others. As often as
    /// the view is drawn.
    void follow(const SignalDays& days);
    /// Of the simulated market, into the folder; nothing while one is being trained.
    void train(const std::string& target);
    void cancelTraining();

    static Work workOn(std::string folder);
    /// Of the model that training a demonstration for that question makes, or makes anew.
    static std::string demonstrationName(std::string_view target);

private:
    void takeFolder();
    void takeTraining();
    void publish();

    const Work m_work;
    SignalsView m_now;
    Published<SignalsView> m_view;
    Folder m_folder = std::make_shared<const SignalFolder>(); ///< never null
    std::stop_source m_stopReading, m_stopTraining;
    QFuture<Folder> m_reading;
    QFuture<base::Result<void>> m_trained;
    std::shared_ptr<std::atomic<double>> m_progress;
    std::optional<std::chrono::steady_clock::time_point> m_nextLook; ///< empty: at once
    bool m_hasNews = true;
};

} // namespace vegadesk::desk
