#pragma once

#include <QFrame>
#include <QPointer>

#include <vector>

class QLabel;
class QPushButton;

namespace vegadesk::ui
{

/// The first run's three cards, each beside what it speaks of and upon none of it. They block nothing, and go away for good.
class Tour : public QFrame
{
    Q_OBJECT

public:
    struct Step {
        QPointer<QWidget> target;
        QString title, text;
        std::vector<QPointer<QWidget>> spared{}; ///< what it speaks of besides its target
    };

    explicit Tour(QWidget* parent);

    /// Anew, with these.
    void start(std::vector<Step> steps);
    int step() const { return m_step; } ///< from 0

Q_SIGNALS:
    /// Ended or dismissed; either way it does not come back by itself.
    void finished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showStep(int step);
    void place();
    QPoint bestPlace(const QRect& target) const;
    void end();

    std::vector<Step> m_steps;
    int m_step = 0;
    QLabel* m_count;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_next;
    QFrame* m_outline; ///< around the target
};

} // namespace vegadesk::ui
