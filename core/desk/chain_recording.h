#pragma once

#include "desk/surface_analyst.h"
#include "history/store/chain_recorder.h"

#include <QObject>

#include <memory>
#include <string>

namespace vegadesk::desk
{

/// Lives on a thread of its own: writes the chain that streams into a store, one picture a period of the market's time, as the
/// desk saw it. What is not subscribed has no quotes there either; a chain that has grown old is the last one's, and is not
/// written again.
class ChainRecording : public QObject
{
    Q_OBJECT

public:
    ChainRecording(const std::string& folder, base::Nanos period) : m_recorder(folder), m_period(period) {}

    void take(const std::shared_ptr<const ChainSnapshot>& snapshot);

Q_SIGNALS:
    void recorded();
    /// The disk; the next picture tries again.
    void failed(const QString& why);

private:
    history::ChainRecorder m_recorder;
    base::Nanos m_period;
    base::Instant m_last{};
};

} // namespace vegadesk::desk
