#include "ui/dialogs/live_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr auto confirmationWord = "LIVE";
constexpr int dialogWidth = 460;

QLabel* addText(QVBoxLayout& layout, const char* tone, const QString& text = {})
{
    auto* const label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", QString::fromLatin1(tone));
    layout.addWidget(label);
    return label;
}
} // namespace

LiveDialog::LiveDialog(desk::Desk& desk, QWidget* parent) : QDialog(parent), m_desk(desk)
{
    setObjectName(QStringLiteral("live_dialog"));
    setWindowTitle(tr("Live trading"));
    setFixedWidth(dialogWidth);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(12);
    m_headline = addText(*layout, "title", tr("Switch to live trading?"));
    m_reason =
        addText(*layout, "",
                tr("From then on the window shows your account at the broker, with real money in it. Orders stay "
                   "disarmed until you arm them. The whole frame changes its colour as long as that is so."));
    m_reason->setObjectName(QStringLiteral("live_reason"));
    m_money = addText(*layout, "dim", tr("An order that is staged in the ticket is taken away."));

    m_confirmation = new QWidget;
    auto* const form = new QVBoxLayout(m_confirmation);
    form->setContentsMargins(0, 8, 0, 8);
    form->addWidget(new QLabel(tr("Type %1 to confirm:").arg(QLatin1String(confirmationWord))));
    m_typed = new QLineEdit;
    m_typed->setObjectName(QStringLiteral("live_confirmation"));
    form->addWidget(m_typed);
    layout->addWidget(m_confirmation);
    layout->addStretch(1);

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_switch = buttons->addButton(tr("Switch to LIVE"), QDialogButtonBox::ActionRole);
    m_switch->setObjectName(QStringLiteral("live_switch"));
    m_switch->setProperty("kind", QStringLiteral("live"));
    m_switch->setEnabled(false);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Stay in the sandbox"));
    layout->addWidget(buttons);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_switch->setEnabled(text == QLatin1String(confirmationWord)); });
    connect(m_switch, &QPushButton::clicked, this, &LiveDialog::askDesk);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    if (!desk.accounts().hasKeys(desk::Accounts::Kind::Live))
        askDesk(); // it has the reason
}

void LiveDialog::askDesk()
{
    const auto result = m_desk.switchTo(desk::Environment::Live);
    if (result)
        accept();
    else
        showRefusal(QString::fromStdString(result.error().message()));
}

void LiveDialog::showRefusal(const QString& reason)
{
    m_headline->setText(tr("Live trading is not possible yet"));
    m_reason->setText(reason);
    m_money->setText(tr("The session stays in the sandbox; no order can reach real money."));
    m_confirmation->hide();
    m_switch->hide();
    // Wrapped text grows downwards, which a dialog does not notice by itself.
    layout()->activate();
    resize(width(), layout()->heightForWidth(width()));
}

} // namespace vegadesk::ui
