BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Remove-CdbLogger' {
    It 'deletes the file' {
        $other = Join-Path $TestDrive 'other.db'
        New-CdbLogger $other | Remove-CdbLogger -Confirm:$false
        Get-Item "$other*" | Should -BeNullOrEmpty
    }

    It 'takes the path of an open logger' {
        Push-Location $TestDrive
        $null = New-CdbLogger ./other.db
        Remove-CdbLogger ./other.db -Confirm:$false
        './other.db' | Should -Not -Exist
        { Remove-CdbLogger ./other.db -Confirm:$false } | Should -Throw "*'./other.db' names no open logger*Get-CdbLogger lists them: $cache*"
        Pop-Location
    }
}
