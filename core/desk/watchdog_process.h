#pragma once

#include "desk/views.h"
#include "watchdog/heartbeat.h"
#include "watchdog/messages.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <optional>

namespace vegadesk::desk
{

/// The STOP window's process: told where orders go, and beaten for from the thread that this lives on, the window's. When it dies
/// or stops answering it is started anew, three times a minute at most, and that is said. It ends with us, and notices when
/// we end without having said so.
class WatchdogProcess : public QObject
{
    Q_OBJECT

public:
    explicit WatchdogProcess(QObject* parent = nullptr);
    /// Ends it.
    ~WatchdogProcess() override;

    void start(const QString& program, const QStringList& arguments);
    /// Where orders go from now on, also for one that is started anew.
    void setPlace(std::shared_ptr<const watchdog::Place> place);
    /// The program is about to end, which may take a moment without a beat.
    void sayEnding();
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void noticed(const vegadesk::desk::Notice& notice);

private:
    void launch();
    void beat();
    void onAnswer();
    void onFinished();
    void relaunch(const QString& why);
    void tell(const QByteArray& line);
    void notice(NoticeLevel level, const QString& text);

    QString m_program;
    QStringList m_arguments;
    QProcess m_process;
    QTimer m_beats, m_restart;
    std::shared_ptr<const watchdog::Place> m_place;
    std::optional<watchdog::Heartbeat> m_answers; ///< its own signs of life
    watchdog::StartBudget m_budget;
    bool m_wasLost = false; ///< and the user has been told
    bool m_isEnding = false;
};

} // namespace vegadesk::desk
