#Requires -Version 7.6

<#
.SYNOPSIS
    Measures what Import-Module costs: the built module beside an empty one, each in processes of its own, in turns.
.DESCRIPTION
    A process imports another empty module first, so that only the module and not Import-Module itself is measured.
.EXAMPLE
    pwsh -NoProfile tests/measure-import.ps1 -Rounds 20
#>
[CmdletBinding()]
param([ValidateRange(1, 1000)] [int] $Rounds = 10)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$pwsh = "$PSScriptRoot/../tools/pwsh.ps1"
$folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "import-$PID")
$modules = [ordered]@{ Empty = Join-Path $folder 'Empty.psd1'; ConnectorDb = Join-Path $PSScriptRoot '../ConnectorDb.psd1' }

function Measure-Import($Module) {
    $command = "Import-Module '$folder/First.psd1'; `$w = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module '$Module'; `$w.Elapsed.TotalMilliseconds"
    [double]::Parse((& $pwsh -NoProfile -NonInteractive -Command $command), [cultureinfo]::CurrentCulture)
}

try {
    foreach ($name in 'First', 'Empty') { New-ModuleManifest (Join-Path $folder "$name.psd1") }
    $times = @{ Empty = @(); ConnectorDb = @() }
    foreach ($round in 1..$Rounds) {
        foreach ($name in $modules.Keys) { $times[$name] += Measure-Import $modules[$name] }
    }

    $median = @{}
    foreach ($name in $modules.Keys) { $median[$name] = ($times[$name] | Sort-Object)[[int] [Math]::Floor(($Rounds - 1) / 2)] }
    [pscustomobject]@{
        Rounds        = $Rounds
        EmptyMs       = [Math]::Round($median.Empty, 1)
        ConnectorDbMs = [Math]::Round($median.ConnectorDb, 1)
        CostMs        = [Math]::Round($median.ConnectorDb - $median.Empty, 1)
    }
}
finally {
    Remove-Item -Recurse $folder
}
