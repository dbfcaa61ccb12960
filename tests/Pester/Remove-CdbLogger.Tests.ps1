BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Remove-CdbLogger' {
    It 'deletes the file' {
        $other = Join-Path $TestDrive 'other.db'
        New-CdbLogger $other | Remove-CdbLogger -Confirm:$false
        Get-Item "$other*" | Should -BeNullOrEmpty
    }
}
