#Requires -Version 7.6

<#
.SYNOPSIS
    Runs the acceptance tests in this pwsh; the exit code is the number of failures.
.DESCRIPTION
    dotnet test runs them all. This script is for some of them, or for a module that is installed elsewhere. It needs Pester 6, installed
    or brought by dotnet restore.
.EXAMPLE
    ./tests/Pester/run.ps1 -Name Get-CdbStream
#>
[CmdletBinding()]
param(
    # The manifest of the module to test; without it, the one that CONNECTORDB_MANIFEST names or that this repository builds.
    [string] $Module = ($env:CONNECTORDB_MANIFEST ? $env:CONNECTORDB_MANIFEST : "$PSScriptRoot/../../ConnectorDb.psd1"),

    # Only the tests of these cmdlets.
    [string[]] $Name = '*',

    # A file to write a line of JSON for each test to.
    [string] $Report
)

$ErrorActionPreference = 'Stop'

# The newest Pester 6 that is installed, else the package that the test project restores.
function Find-Pester {
    $installed = Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -ge 6 } | Sort-Object Version -Descending | Select-Object -First 1
    if ($installed) { return $installed.Path }
    $packages = (dotnet nuget locals global-packages --list --force-english-output) -replace '^global-packages: '
    $restored = Get-Item "$packages/pester/6.*/tools/Pester.psd1" -ErrorAction Ignore | Select-Object -Last 1
    $restored ?? $(throw 'The tests need Pester 6. Run dotnet restore, or Install-PSResource Pester.')
}

# A test that failed, a block whose BeforeAll or AfterAll failed, or a file that did not load.
function New-Entry($Item, $Container, $Name) {
    $messages = $Item.ErrorRecord | ForEach-Object { "$_`n$($_.ScriptStackTrace)" }
    [pscustomobject]@{ File = Split-Path $Container.Item -Leaf; Name = $Name; Result = "$($Item.Result)"; Message = $messages -join "`n" }
}

function Get-Entry($Run) {
    foreach ($test in $Run.Tests | Where-Object ShouldRun) { New-Entry -Item $test -Container $test.Block.BlockContainer -Name $test.ExpandedPath }
    foreach ($block in $Run.FailedBlocks) { New-Entry -Item $block -Container $block.BlockContainer -Name "$($block.ExpandedPath): BeforeAll or AfterAll" }
    foreach ($file in $Run.FailedContainers) { New-Entry -Item $file -Container $file -Name 'The file does not load.' }
}

Import-Module (Find-Pester)
$env:CONNECTORDB_MANIFEST = (Resolve-Path $Module).Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = @($Name | ForEach-Object { (Get-Item "$PSScriptRoot/$_.Tests.ps1").FullName })
$configuration.Run.PassThru = $true
$configuration.Filter.ExcludeTag = $IsWindows ? @() : 'Windows'
$configuration.Output.Verbosity = $Name -eq '*' ? 'Normal' : 'Detailed'
$run = Invoke-Pester -Configuration $configuration
if ($Report) {
    Get-Entry $run | ForEach-Object { ConvertTo-Json $_ -Compress } | Set-Content $Report
}

exit [System.Math]::Min(255, $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount)
