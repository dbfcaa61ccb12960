# Gives a test file the module and a logger whose values the poller writes. Dot-source it in BeforeAll, and
# Stop-CdbPoller and Stop-CdbLogger in AfterAll.
. "$PSScriptRoot/logger.ps1"
$config = Join-Path $TestDrive 'poll.json'
$poller = Start-CdbPoller -Logger $logger

# Waits for something that happens in the background.
function Wait-Until([scriptblock] $Condition) {
    $end = [DateTime]::UtcNow.AddMinutes(1)
    while (-not (& $Condition)) {
        if ([DateTime]::UtcNow -gt $end) { throw "It did not become true: $Condition" }
        $null = [System.Threading.Thread]::Yield()
    }
}
