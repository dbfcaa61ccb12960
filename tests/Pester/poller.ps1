# Gives a test file the module and a logger whose values the poller writes. Dot-source it in BeforeAll, and
# Stop-CdbPoller and Stop-CdbLogger in AfterAll.
. "$PSScriptRoot/logger.ps1"
$config = Join-Path $TestDrive 'poll.json'
$poller = Start-CdbPoller -Logger $logger
