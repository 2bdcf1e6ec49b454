#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace vegadesk::ui
{

/// What starts and stops a run in the background, how far it is, and a line for what there is to say of it.
class RunControls : public QWidget
{
    Q_OBJECT

public:
    /// Its parts are named "<prefix>_run", "_cancel", "_progress" and "_message".
    RunControls(const char* prefix, const QString& cancelWords, QWidget* parent = nullptr);

    void setCanRun(bool canRun); ///< while nothing runs
    /// Begins with an empty bar. The end leaves it full where the run was finished.
    void begin();
    void end(bool isFinished);
    bool isRunning() const { return m_isRunning; }
    /// 0 to 1. Once it is being cancelled the words stay.
    void show(double fraction, const QString& words);
    void cancelling();
    void say(const QString& words, const char* tone = "dim");
    /// Another button before the two.
    void addButton(QPushButton* button);

    /// "about 5 s left"; NaN: it is not known yet.
    static QString timeLeft(double seconds);

Q_SIGNALS:
    void runClicked();
    void cancelClicked();

private:
    void draw();

    bool m_canRun = true, m_isRunning = false, m_isCancelling = false;
    QPushButton *m_run, *m_cancel;
    QProgressBar* m_progress;
    QLabel* m_message;
    QHBoxLayout* m_buttons;
};

/// A form that scrolls above what runs it, as wide as the side of a dialog is.
QWidget* makeRunSide(QWidget* form, RunControls* controls, int width, QWidget* parent);

} // namespace vegadesk::ui
