#Requires -Version 7.6
<#
.SYNOPSIS
    Runs the acceptance tests in this pwsh; the exit code is the number of failures.
.EXAMPLE
    ./tests/Pester/run.ps1 -Name Get-CdbStream
#>
[CmdletBinding()]
param(
    # The manifest of the module to test; the one that this repository builds when left out.
    [string] $Module = "$PSScriptRoot/../../ConnectorDb.psd1",

    # Only the tests of this cmdlet.
    [string] $Name = '*'
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5
$env:CONNECTORDB_MANIFEST = (Resolve-Path $Module).Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = (Get-Item "$PSScriptRoot/$Name.Tests.ps1").FullName
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $env:CI ? 'Normal' : 'Detailed'
$result = Invoke-Pester -Configuration $configuration
exit $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
