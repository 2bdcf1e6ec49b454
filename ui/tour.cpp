#include "ui/tour.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <limits>

namespace vegadesk::ui
{

namespace
{
constexpr int cardWidth = 340, distance = 12, lowered = 48, margin = 8;
}

Tour::Tour(QWidget* parent)
    : QFrame(parent), m_count(new QLabel), m_title(new QLabel), m_text(new QLabel), m_next(new QPushButton),
      m_outline(new QFrame(parent))
{
    setObjectName(QStringLiteral("tour"));
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(tr("First steps"));
    setFixedWidth(cardWidth);
    setFocusPolicy(Qt::StrongFocus);
    m_outline->setObjectName(QStringLiteral("tour_outline"));
    m_outline->setProperty("kind", QStringLiteral("outline"));
    m_outline->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_outline->hide();

    m_count->setProperty("tone", QStringLiteral("faint"));
    m_title->setProperty("tone", QStringLiteral("title"));
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_next->setProperty("kind", QStringLiteral("primary"));
    m_next->setObjectName(QStringLiteral("tour_next"));
    auto* const skip = new QPushButton(tr("Dismiss"));
    skip->setProperty("kind", QStringLiteral("flat"));
    skip->setObjectName(QStringLiteral("tour_dismiss"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(Theme::unit);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    auto* const row = new QHBoxLayout;
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(skip);
    row->addWidget(m_next);
    layout->addLayout(row);
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_step + 1 < static_cast<int>(m_steps.size()))
            showStep(m_step + 1);
        else
            end();
    });
    connect(skip, &QPushButton::clicked, this, &Tour::end);
    parent->installEventFilter(this);
    hide();
}

void Tour::start(std::vector<Step> steps)
{
    m_steps = std::move(steps);
    showStep(0);
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::showStep(int step)
{
    m_step = step;
    // Docks find their places after the window is shown, and users move them.
    for (const Step& each : m_steps) {
        if (each.target)
            each.target->installEventFilter(this);
    }
    const Step& shown = m_steps[static_cast<std::size_t>(step)];
    m_title->setText(shown.title);
    m_text->setText(shown.text);
    m_count->setText(tr("%1 of %2").arg(step + 1).arg(m_steps.size()));
    m_next->setText(step + 1 < static_cast<int>(m_steps.size()) ? tr("Next") : tr("Start"));
    m_outline->show();
    m_outline->raise();
    show(); // what the window still has to lay out is done by this
    raise();
    place();
}

void Tour::place()
{
    const QWidget* const target = m_steps[static_cast<std::size_t>(m_step)].target;
    QWidget& window = *parentWidget();
    resize(cardWidth, heightForWidth(cardWidth));
    const QRect around = target ? QRect(target->mapTo(&window, QPoint()), target->size()) : window.rect();
    m_outline->setGeometry(around.adjusted(-1, -1, 1, 1));
    move(bestPlace(around));
}

/// Beside the target, below or above it: where the least of what the step speaks of is covered, nothing if that can be.
QPoint Tour::bestPlace(const QRect& target) const
{
    const QWidget& window = *parentWidget();
    std::vector<QRect> spared{target};
    for (const QPointer<QWidget>& widget : m_steps[static_cast<std::size_t>(m_step)].spared)
        if (widget && widget->isVisible())
            spared.emplace_back(widget->mapTo(&window, QPoint()), widget->size());
    const int middle = target.center().x() - width() / 2, top = target.top() + lowered;
    const std::array places{QPoint(target.right() + distance, top), QPoint(target.left() - width() - distance, top),
                            QPoint(middle, target.bottom() + lowered),
                            QPoint(middle, target.top() - height() - distance)};
    QPoint best;
    int least = std::numeric_limits<int>::max();
    for (const QPoint& place : places) {
        const QPoint inside(std::clamp(place.x(), margin, std::max(margin, window.width() - width() - margin)),
                            std::clamp(place.y(), margin, std::max(margin, window.height() - height() - margin)));
        int covered = 0;
        for (const QRect& rect : spared) {
            const QRect common = rect.intersected(QRect(inside, size()));
            covered += common.width() * common.height();
        }
        if (covered < least) {
            least = covered;
            best = inside;
        }
    }
    return best;
}

void Tour::end()
{
    m_outline->hide();
    hide();
    Q_EMIT finished();
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        end();
    else
        QFrame::keyPressEvent(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    Q_UNUSED(watched)
    if ((event->type() == QEvent::Resize || event->type() == QEvent::Move) && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace vegadesk::ui
