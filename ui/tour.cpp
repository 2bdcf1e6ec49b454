#include "ui/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr int cardWidth = 340;
}

Tour::Tour(std::vector<Step> steps, const Theme& theme, QWidget* parent)
    : QFrame(parent), m_steps(std::move(steps)), m_theme(theme), m_count(new QLabel), m_title(new QLabel),
      m_text(new QLabel), m_next(new QPushButton), m_outline(new QFrame(parent))
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

void Tour::start()
{
    showStep(0);
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::showStep(int step)
{
    m_step = step;
    const Step& shown = m_steps[static_cast<std::size_t>(step)];
    m_title->setText(shown.title);
    m_text->setText(shown.text);
    m_count->setText(tr("%1 of %2").arg(step + 1).arg(m_steps.size()));
    m_next->setText(step + 1 < static_cast<int>(m_steps.size()) ? tr("Next") : tr("Start"));
    place();
    m_outline->show();
    m_outline->raise();
    show();
    raise();
}

void Tour::place()
{
    const QWidget* const target = m_steps[static_cast<std::size_t>(m_step)].target;
    QWidget& window = *parentWidget();
    resize(cardWidth, heightForWidth(cardWidth));
    const QRect around = target ? QRect(target->mapTo(&window, QPoint()), target->size()) : window.rect();
    m_outline->setGeometry(around.adjusted(-1, -1, 1, 1));
    // Beside the target where there is room, else upon it.
    int x = around.right() + 12;
    if (x + width() > window.width())
        x = around.left() - width() - 12;
    if (x < 0)
        x = around.center().x() - width() / 2;
    const int y = std::clamp(around.top() + 48, 0, std::max(0, window.height() - height() - 8));
    move(std::clamp(x, 8, std::max(8, window.width() - width() - 8)), y);
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
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace vegadesk::ui
