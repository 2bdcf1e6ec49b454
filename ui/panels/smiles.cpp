#include "ui/panels/smiles.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/plots/smile_plot.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace vegadesk::ui
{

SmilesPanel::SmilesPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout(this)), m_empty(makeLabel({}, "dim", this)),
      m_title(makeLabel({}, "label", this)), m_plot(new SmilePlot(context.theme, this))
{
    m_plot->setObjectName(QStringLiteral("smiles_plot"));
    m_plot->setAccessibleName(tr("implied volatility over strikes"));
    m_title->setToolTip(tr("Out-of-the-money side; the whiskers reach from the bid's to the ask's volatility"));

    auto* const choice = new QButtonGroup(this);
    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    bar->setSpacing(Theme::unit / 2);
    bar->addWidget(m_title, 1);
    const auto addAxis = [&](const QString& words, const QString& help, SmilePlot::Axis axis) {
        auto* const button = new QPushButton(words, this);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setCheckable(true);
        button->setChecked(axis == SmilePlot::Axis::Strike);
        button->setToolTip(help);
        choice->addButton(button);
        bar->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, axis] { m_plot->setAxis(axis); });
    };
    addAxis(tr("strike"), tr("Strikes along the axis"), SmilePlot::Axis::Strike);
    addAxis(tr("ln K/F"),
            tr("Log-moneyness along the axis: how far the strike is from the forward, so that expirations compare"),
            SmilePlot::Axis::LogMoneyness);

    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_plot, 1);

    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
}

void SmilesPanel::refresh()
{
    std::shared_ptr<const desk::SmileView> view = m_context.desk.smiles();
    if (m_hasDrawn && view->version == m_version)
        return;
    m_hasDrawn = true;
    m_version = view->version;
    const bool isEmpty = view->smiles.empty();
    m_empty->setText(view->underlying.empty() ? tr("Choose a symbol in the watchlist to see its volatility smiles")
                                              : tr("Waiting for quotes of %1 options").arg(text(view->underlying)));
    m_title->setText(tr("%1 · implied volatility a year").arg(text(view->underlying)));
    m_pages->setCurrentIndex(isEmpty ? 0 : 1);
    if (!isEmpty)
        m_plot->setSmiles(std::move(view));
}

} // namespace vegadesk::ui
