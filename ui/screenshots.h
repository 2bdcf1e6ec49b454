#pragma once

#include "ui/main_window.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <vector>

namespace vegadesk::ui
{

/// Takes the pictures of the documentation: waits for a streaming chain, trades a spread on the simulated exchange and
/// stages another, runs a backtest, a sweep and a walk-forward, then writes the window, every dock and every dialog as <name>-dark.png and
/// <name>-light.png. Emits finished() once, with the process's exit status.
class Screenshots : public QObject
{
    Q_OBJECT

public:
    static constexpr int dataSeconds = 60; ///< the longest wait for a streaming chain

    Screenshots(MainWindow& window, desk::Desk& desk, Theme& theme, const QString& directory,
                QObject* parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int status);

private:
    enum class Progress : std::uint8_t { Waiting, Done, Failed };
    struct Step {
        const char* name;
        int patienceMs;  ///< after that it is given up
        bool isRequired; ///< giving up ends the run
        std::function<Progress()> advance;
    };
    void addStep(const char* name, int patienceMs, bool isRequired, std::function<Progress()> advance);
    void addData();
    void addTrade();
    void addBacktest();
    void addRun(const char* strategy);
    void addBacktestPages(const QString& suffix); ///< of the dialog that is open
    void addSweeps();                             ///< a sweep and a walk-forward
    void addStrategy();
    void addPictures(ThemeName theme, const QString& suffix);
    void addSweepPictures(const QString& suffix);
    void addWorkspaces(const QString& suffix);
    void addAlerts();                      ///< rules, of which one speaks at once
    void addNeural(const QString& suffix); ///< the model that was chosen comes back
    void addDemonstration();               ///< a model of the simulated market, where there is none
    void addWhatIf(const QString& suffix);
    void addClosing(const QString& suffix);      ///< a leg of what is held; the staged order comes back
    void addTerms(const QString& suffix);        ///< a stop and a bracket; the staged order comes back
    void addWorkingOrder(const QString& suffix); ///< its line in its contract's chart
    void addDialog(const QString& name, const QString& suffix, std::function<QDialog*()> open);
    void addSettle(); ///< a few frames, so that what was shown is drawn
    void advance();
    Progress save(QWidget* widget, const QString& name);
    void end(int status, const QString& message);

    /// A vertical whose short leg is `rowsAway` strikes out of the money, put or call side; empty without quotes.
    bool stageVertical(market::Right right, int rowsAway);

    MainWindow& m_window;
    desk::Desk& m_desk;
    Theme& m_theme;
    QString m_directory;
    std::vector<Step> m_steps;
    std::size_t m_step = 0;
    QElapsedTimer m_sinceStep;
    QTimer m_timer;
    bool m_hasStreamed = false;
    int m_settled = 0;
    QPointer<QDialog> m_dialog;
};

} // namespace vegadesk::ui
