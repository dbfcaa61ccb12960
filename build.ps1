#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests, documents and packs the module.
.DESCRIPTION
    Needs the .NET SDK 10 and no module. After Build, Import-Module ./ConnectorDb.psd1 works.

    Build  the module into bin/ and its help into en-US/
    Demo   Build; then docs/examples/quickstart.ps1 in a pwsh of its own
    Test   dotnet test: the xunit projects, and tests/Pester in the real pwsh
    Help   takes changed parameters over into docs/en-US, and makes the help again
    Pack   artifacts/package/ConnectorDb, the module and nothing else, and ConnectorDb-<version>.zip beside it
    Clean  removes what the others made
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Build, Test, Pack -Configuration Release
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Demo', 'Test', 'Help', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    Write-Host "dotnet $args"
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Build {
    Invoke-DotNet build "$PSScriptRoot/src/ConnectorDb.PowerShell" --configuration $Configuration --nologo --verbosity quiet
}

function Demo {
    Build
    # In a process of its own: a loaded module cannot be built again on Windows, nor loaded again anywhere.
    & "$PSScriptRoot/tools/pwsh.ps1" -NoProfile -File "$PSScriptRoot/docs/examples/quickstart.ps1"
    if ($LASTEXITCODE -ne 0) {
        throw "The quickstart failed with exit code $LASTEXITCODE."
    }
}

function Test {
    Invoke-DotNet test "$PSScriptRoot/ConnectorDb.sln" --configuration $Configuration --nologo
}

function Help {
    Build
    Invoke-DotNet run --project "$PSScriptRoot/tools/ConnectorDb.Help" --configuration $Configuration -- update "$PSScriptRoot/ConnectorDb.psd1" "$PSScriptRoot/docs/en-US"
    Build
}

function Pack {
    # From nothing, so that no file of an earlier build or another configuration gets into the package.
    Remove-Item "$PSScriptRoot/bin", "$PSScriptRoot/en-US" -Recurse -Force -ErrorAction Ignore
    Invoke-DotNet build "$PSScriptRoot/src/ConnectorDb.PowerShell" --configuration $Configuration --nologo --verbosity quiet

    $manifest = Import-PowerShellDataFile "$PSScriptRoot/ConnectorDb.psd1"
    $target = "$PSScriptRoot/artifacts/package/ConnectorDb"
    Remove-Item "$PSScriptRoot/artifacts/package" -Recurse -Force -ErrorAction Ignore
    $null = New-Item $target -ItemType Directory
    foreach ($part in 'ConnectorDb.psd1', 'bin', 'en-US', 'LICENSE') {
        Copy-Item "$PSScriptRoot/$part" $target -Recurse
    }

    $zip = "$PSScriptRoot/artifacts/package/ConnectorDb-$($manifest.ModuleVersion).zip"
    [System.IO.Compression.ZipFile]::CreateFromDirectory($target, $zip, 'Optimal', $true)
    Get-Item $target, $zip
}

function Clean {
    foreach ($made in 'bin', 'en-US', 'artifacts') {
        Remove-Item "$PSScriptRoot/$made" -Recurse -Force -ErrorAction Ignore
    }
}

foreach ($step in $Task) {
    & $step
}
