#include "ui/dialogs/arm_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr int dialogWidth = 460;

void addText(QVBoxLayout& layout, const char* tone, const QString& text)
{
    auto* const label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", QString::fromLatin1(tone));
    layout.addWidget(label);
}
} // namespace

ArmDialog::ArmDialog(desk::Desk& desk, QWidget* parent) : QDialog(parent), m_desk(desk)
{
    setObjectName(QStringLiteral("arm_dialog"));
    setWindowTitle(tr("Arm orders"));
    setFixedWidth(dialogWidth);
    const auto trading = desk.trading();
    const QString account = QString::fromStdString(trading->account);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(12);
    addText(*layout, "title", tr("Arm orders with real money?"));
    addText(*layout, "",
            tr("From then on what you send, and what strategies that run here decide, trades real money in account %1, "
               "within "
               "the limits of the risk gate.")
                .arg(account));
    addText(*layout, "dim",
            tr("They are disarmed by themselves when the connection or the quotes are lost, a limit is reached, the "
               "session ends, "
               "or nothing was sent for an hour while no strategy runs. Cancels always pass."));
    if (!trading->disarmedReason.empty())
        addText(*layout, "dim", tr("Not armed now: %1.").arg(QString::fromStdString(trading->disarmedReason)));
    layout->addSpacing(8);
    layout->addWidget(new QLabel(tr("Type the account's number, %1, to confirm:").arg(account)));
    m_typed = new QLineEdit;
    m_typed->setObjectName(QStringLiteral("arm_confirmation"));
    layout->addWidget(m_typed);
    layout->addStretch(1);

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_arm = buttons->addButton(tr("Arm orders"), QDialogButtonBox::ActionRole);
    m_arm->setObjectName(QStringLiteral("arm"));
    m_arm->setProperty("kind", QStringLiteral("live"));
    m_arm->setEnabled(false);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Leave them disarmed"));
    layout->addWidget(buttons);
    connect(m_typed, &QLineEdit::textChanged, this, [this, account](const QString& text) {
        m_arm->setEnabled(!account.isEmpty() && text.trimmed().compare(account, Qt::CaseInsensitive) == 0);
    });
    connect(m_arm, &QPushButton::clicked, this, [this] {
        m_desk.armLive();
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace vegadesk::ui
