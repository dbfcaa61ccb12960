#Requires -Version 7.6
<#
.SYNOPSIS
    Installs the packed module as from a gallery, and writes the path of the installed manifest.
.DESCRIPTION
    The gallery is a folder. A package that lies there is installed; without one, artifacts/package/ConnectorDb is published there first.
#>
[CmdletBinding()]
param([string] $Folder = "$PSScriptRoot/../artifacts/gallery")

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$gallery = 'ConnectorDbFolder'
$Folder = (New-Item $Folder -ItemType Directory -Force).FullName
Register-PSResourceRepository $gallery -Uri $Folder -Trusted -Force
try {
    if (-not (Test-Path "$Folder/ConnectorDb.*.nupkg")) {
        Publish-PSResource -Path "$PSScriptRoot/../artifacts/package/ConnectorDb" -Repository $gallery
    }

    $installed = Install-PSResource ConnectorDb -Repository $gallery -Prerelease -Reinstall -PassThru -Quiet
    # The version's folder has no prerelease label.
    (Get-Module ConnectorDb -ListAvailable | Where-Object Version -EQ $installed.Version).Path
}
finally {
    Unregister-PSResourceRepository $gallery
}
