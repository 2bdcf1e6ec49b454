#include "ui/dialogs/run_controls.h"

#include "ui/dialogs/form_scroll.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int progressSteps = 1000;
constexpr double minute = 60;
} // namespace

RunControls::RunControls(const char* prefix, const QString& cancelWords, QWidget* parent)
    : QWidget(parent), m_run(new QPushButton(tr("Run"), this)), m_cancel(new QPushButton(cancelWords, this)),
      m_progress(new QProgressBar(this)), m_message(makeLabel({}, "dim", this)), m_buttons(new QHBoxLayout)
{
    const auto name = [prefix](QWidget* part, const char* id) {
        part->setObjectName(QLatin1String(prefix) + u'_' + QLatin1String(id));
    };
    name(m_run, "run");
    m_run->setProperty("kind", QStringLiteral("primary"));
    m_run->setDefault(true);
    name(m_cancel, "cancel");
    m_cancel->setAutoDefault(false);
    name(m_progress, "progress");
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    name(m_message, "message");
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_run, &QPushButton::clicked, this, &RunControls::runClicked);
    connect(m_cancel, &QPushButton::clicked, this, &RunControls::cancelClicked);

    m_buttons->setSpacing(Theme::unit);
    m_buttons->addWidget(m_cancel, 1);
    m_buttons->addWidget(m_run, 1);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addLayout(m_buttons);
    draw();
}

void RunControls::addButton(QPushButton* button)
{
    m_buttons->insertWidget(0, button, 1);
}

void RunControls::setCanRun(bool canRun)
{
    m_canRun = canRun;
    draw();
}

void RunControls::begin()
{
    m_isRunning = true;
    m_isCancelling = false;
    m_progress->setValue(0);
    say(tr("Starting …"));
    draw();
}

void RunControls::end(bool isFinished)
{
    m_isRunning = false;
    m_progress->setValue(isFinished ? progressSteps : 0);
    draw();
}

void RunControls::show(double fraction, const QString& words)
{
    m_progress->setValue(static_cast<int>(progressSteps * fraction));
    if (!m_isCancelling)
        say(words);
}

void RunControls::cancelling()
{
    m_isCancelling = true;
    say(tr("Cancelling …"));
    draw();
}

void RunControls::say(const QString& words, const char* tone)
{
    m_message->setText(words);
    setLook(*m_message, "tone", QString::fromLatin1(tone));
}

QString RunControls::timeLeft(double seconds)
{
    if (!std::isfinite(seconds))
        return tr("estimating the time");
    return seconds < minute ? tr("about %1 s left").arg(number(std::ceil(seconds), 0))
                            : tr("about %1 min left").arg(number(std::ceil(seconds / minute), 0));
}

void RunControls::draw()
{
    m_run->setEnabled(!m_isRunning && m_canRun);
    m_cancel->setEnabled(m_isRunning && !m_isCancelling);
}

QWidget* makeRunSide(QWidget* form, RunControls* controls, int width, QWidget* parent)
{
    auto* const side = new QWidget(parent);
    side->setFixedWidth(width);
    auto* const scroll = makeFormScroll(form, side);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(scroll, 1);
    column->addWidget(controls);
    return side;
}

} // namespace vegadesk::ui
