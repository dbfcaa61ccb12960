#Requires -Version 7.6

<#
.SYNOPSIS
    Packs the current commit twice, in two folders, and fails when a file of the packages differs.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Convert-Path "$PSScriptRoot/.."
$temporary = Join-Path ([System.IO.Path]::GetTempPath()) "packages-$PID"
try {
    $packs = foreach ($name in 'first', 'second/folder') {
        $clone = "$temporary/$name"
        git clone --quiet $root $clone
        & "$PSScriptRoot/pwsh.ps1" -NoProfile -File "$clone/build.ps1" -Task Pack | Out-Null
        if ($LASTEXITCODE) {
            throw "Pack failed in $clone with exit code $LASTEXITCODE."
        }

        $hashes = @{}
        foreach ($file in Get-ChildItem "$clone/artifacts/package" -Recurse -File) {
            $hashes[[System.IO.Path]::GetRelativePath("$clone/artifacts/package", $file)] = (Get-FileHash $file).Hash
        }

        $hashes
    }
    $different = @($packs[0].Keys) + @($packs[1].Keys) | Sort-Object -Unique | Where-Object { $packs[0][$_] -ne $packs[1][$_] }
    if ($different) {
        throw "Two packs of the same commit differ in: $($different -join ', ')."
    }

    "Two packs of the commit have the same $($packs[0].Count) files."
}
finally {
    Remove-Item $temporary -Recurse -Force -ErrorAction Ignore
}
