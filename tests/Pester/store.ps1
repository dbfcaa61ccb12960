# Gives a test file the module and a store of its own, open as the default connection: in the file, or over a server that serves it.
# Dot-source it in BeforeAll, and Disconnect-Cdb, and Stop-CdbServer, in AfterAll.
param([ValidateSet('in a file', 'over a server')] [string] $Place = 'in a file')

$ErrorActionPreference = 'Stop'
$manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
Import-Module $manifest
$store = Join-Path $TestDrive 'store.cdb'
$null = Connect-Cdb -Path $store
if ($Place -eq 'over a server') {
    $key = (Get-CdbDevice user).ApiKey
    Get-CdbConnection | Disconnect-Cdb
    $server = Start-CdbServer $store -Url http://127.0.0.1:0
    $null = Connect-Cdb -Url $server.Url -ApiKey $key
}

# A stream with a name that no other test has.
function New-EmptyStream([object] $Schema) {
    (New-CdbStream "s$([guid]::NewGuid().ToString('N').Substring(0, 16))" -Schema ($Schema ? $Schema : @{})).Path
}

# Another pwsh, which runs a script with the module.
function Start-Pwsh([string] $Script) {
    $program, $first = [Environment]::ProcessPath, $null
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { $first = "$PSHOME/pwsh.dll" }
    $command = @($program; $first; '-NoProfile'; '-Command'; "`$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; $Script").Where{ $_ }
    # A shell such as nohup makes its children ignore signals. GNU env restores the default.
    if ($IsLinux) { $command = @('env'; '--default-signal=HUP,INT'; $command) }
    $start = [System.Diagnostics.ProcessStartInfo]::new($command[0], [string[]] $command[1..($command.Count - 1)])
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    [System.Diagnostics.Process]::Start($start)
}
