# Gives a test file the module and a logger that adds to a file of JSON lines. Dot-source it in BeforeAll, and Stop-CdbLogger
# in AfterAll.
$ErrorActionPreference = 'Stop'
$manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
Import-Module $manifest
$cache = Join-Path $TestDrive 'cache.db'
$lines = Join-Path $TestDrive 'lines.jsonl'
$logger = New-CdbLogger $cache -Sink (New-CdbSink -JsonFile $lines)
Add-CdbLoggerStream numbers -Schema number -Force

# Waits for something that happens in the background.
function Wait-Until([scriptblock] $Condition) {
    $end = [DateTime]::UtcNow.AddMinutes(1)
    while (-not (& $Condition)) {
        if ([DateTime]::UtcNow -gt $end) { throw "It did not become true: $Condition" }
        $null = [System.Threading.Thread]::Yield()
    }
}
