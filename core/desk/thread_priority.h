#pragma once

namespace vegadesk::desk
{

/// Lets every other thread of the program go before the calling one from now on, where there is more to do than processors: a
/// surface may wait, an order may not. (Qt's own priorities say nothing to Linux's usual scheduler.) Elsewhere it does nothing.
void giveWay();

} // namespace vegadesk::desk
