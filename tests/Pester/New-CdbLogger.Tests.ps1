BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbLogger' {
    It 'keeps its settings in the file' {
        $other = Join-Path $TestDrive 'other.db'
        New-CdbLogger $other -Name cellar -Data @{ shelf = 3 } | Stop-CdbLogger
        $again = New-CdbLogger $other
        $again.Name | Should -Be 'cellar'
        $again.Data.shelf | Should -Be 3
        Stop-CdbLogger $again
    }
}
